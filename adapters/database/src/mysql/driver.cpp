// SPDX-License-Identifier: BSL-1.0
#include "driver.hpp"

#include "../farewell.hpp"
#include "../sql_text.hpp"
#include "bulk_writer.hpp"
#include "cursor.hpp"
#include "native.hpp"
#include "statement_words.hpp"

#include <steward/adapters/database/error.hpp>

#include <utility>

#include <unistd.h>

namespace steward::inline v0::adapters::detail {

namespace {

bool is_in_transaction(const MYSQL* connection) noexcept
{
    return (connection->server_status & SERVER_STATUS_IN_TRANS) != 0;
}

bool has_autocommit(const MYSQL* connection) noexcept
{
    return (connection->server_status & SERVER_STATUS_AUTOCOMMIT) != 0;
}

} // namespace

mysql_driver::mysql_driver(std::unique_ptr<soci::session> opened, const mysql_settings& wanted)
    : soci_{std::move(opened)}, logger_{soci_->get_logger()}, settings_{wanted}, process_{::getpid()},
      connection_number_{mysql_thread_id(native_mysql(*soci_))}
{
    settings_.password.clear(); // no longer needed
    settings_.connection.clear();
    configure();
}

mysql_driver::~mysql_driver()
{
    if (abandoned()) { // closing would say goodbye in the parent's name
        [[maybe_unused]] auto* const the_parents = soci_.release();
        return;
    }
    MYSQL* const connection = native_mysql(*soci_);
    const farewell last{connection ? socket_of(connection) : -1};
    soci_.reset();
}

bool mysql_driver::abandoned() const noexcept { return ::getpid() != process_; }

void mysql_driver::require_own_process() const
{
    if (abandoned())
        throw database_error{database_errc::connection_lost, "the connection belongs to the parent process"};
}

std::unique_ptr<cursor> mysql_driver::prepare(std::string_view sql)
{
    if (says_nothing(sql))
        throw database_error{database_errc::invalid_statement, "expected a statement, got an empty text"};
    return std::make_unique<mysql_cursor>(*this, sql);
}

std::unique_ptr<bulk_writer> mysql_driver::insert(std::string_view table, std::span<const std::string_view> columns,
                                                  std::size_t width)
{
    return std::make_unique<mysql_bulk_writer>(*this, table, columns, width);
}

MYSQL* mysql_driver::handle()
{
    require_own_process();
    if (broken_)
        throw database_error{database_errc::connection_lost_undone, "the connection was lost before; nothing was sent"};
    MYSQL* const connection = native_mysql(*soci_);
    if (!connection || mysql_thread_id(connection) != connection_number_) {
        broken_ = true;
        throw database_error{database_errc::connection_lost, "the underlying SOCI session has been closed"};
    }
    return connection;
}

MYSQL* mysql_driver::ready_to_send()
{
    MYSQL* const connection = handle();
    if (wire_holder_) {
        clear_wire();
        return handle(); // unless that has failed
    }
    if (has_hung_up(socket_of(connection))) {
        broken_ = true;
        throw database_error{database_errc::connection_lost_undone,
                             "the server had closed the connection; nothing was sent"};
    }
    return connection;
}

void mysql_driver::clear_wire() noexcept
{
    if (wire_holder_)
        std::exchange(wire_holder_, nullptr)->retreat();
}

void mysql_driver::fail(const mysql_failure& failure, std::string_view sql, phase during)
{
    status_is_old_ = true;
    database_errc code = portable_mysql_code(failure.number);
    MYSQL* const connection = native_mysql(*soci_);
    broken_ = broken_ || ends_the_mysql_connection(failure.number);
    if (code == database_errc::connection_lost
        && (during == phase::preparing || (connection && is_in_transaction(connection) && can_be_undone(sql))))
        code = database_errc::connection_lost_undone;
    if (code == database_errc::cannot_connect && broken_)
        code = database_errc::connection_lost;
    throw database_error{code, masked_mysql_reason(failure.number, failure.reason), masked_mysql_statement(sql),
                         static_cast<int>(failure.number), failure.sql_state};
}

std::size_t mysql_driver::run(std::string_view sql)
{
    MYSQL* const connection = ready_to_send();
    if (mysql_real_query(connection, sql.data(), static_cast<unsigned long>(sql.size())) != 0)
        fail(mysql_failure::of(connection), sql, phase::running);
    return read_results(connection, sql);
}

void mysql_driver::run_with_limit(std::string_view sql)
{
    MYSQL* const connection = ready_to_send();
    if (mysql_send_query(connection, sql.data(), static_cast<unsigned long>(sql.size())) != 0)
        fail(mysql_failure::of(connection), sql, phase::running);
    if (!answers_within(socket_of(connection), settings_.connect_timeout)) {
        broken_ = true; // which rolls back what a holder has left open
        throw database_error{database_errc::connection_lost_undone, "the server does not answer", sql};
    }
    if (mysql_read_query_result(connection) != 0)
        fail(mysql_failure::of(connection), sql, phase::running);
    read_results(connection, sql);
}

std::size_t mysql_driver::read_results(MYSQL* connection, std::string_view sql)
{
    status_is_old_ = false;
    auto affected = mysql_affected_rows(connection);
    for (;;) {
        if (MYSQL_RES* const rows = mysql_use_result(connection)) {
            affected = 0;
            mysql_free_result(rows); // which reads what is left of them
        }
        const int next = mysql_errno(connection) != 0 ? 1 : mysql_next_result(connection);
        if (next > 0)
            fail(mysql_failure::of(connection), sql, phase::running);
        if (next < 0)
            return static_cast<std::size_t>(affected);
    }
}

bool mysql_driver::in_transaction()
{
    // An error may have ended a transaction, and without autocommit what failed may have begun one.
    if (status_is_old_ && (is_in_transaction(handle()) || !has_autocommit(handle())))
        run("do 0"); // brings the present status
    return is_in_transaction(handle());
}

std::string_view mysql_driver::begin(access purpose) const
{
    return purpose == access::read_only ? "start transaction read only" : "start transaction";
}

std::string mysql_driver::quoted(std::string_view identifier) const
{
    std::string result{'`'};
    for (const char c : identifier)
        result.append(c == '`' ? 2 : 1, c);
    return result += '`';
}

std::size_t mysql_driver::max_packet()
{
    if (max_packet_ == 0) {
        mysql_cursor statement{*this, "select @@max_allowed_packet"};
        static constexpr value_kind row[]{value_kind::integer};
        statement.bind({}, lifetime::until_rebound, row);
        max_packet_ = statement.step() ? static_cast<std::size_t>(statement.column(0).integer()) : 1;
    }
    return max_packet_;
}

void mysql_driver::configure()
{
    std::string sql{"set names utf8mb4, time_zone = '+00:00', "
                    "sql_mode = concat(@@sql_mode, ',STRICT_TRANS_TABLES')"};
    if (const auto limit = settings_.statement_timeout.count(); limit > 0) {
        const bool is_mariadb =
            std::string_view{mysql_get_server_info(handle())}.find("MariaDB") != std::string_view::npos;
        const std::string text = std::to_string(limit);
        // In seconds there, with a fraction; in milliseconds here.
        sql += is_mariadb ? ", max_statement_time = " + text + " / 1000" : ", max_execution_time = " + text;
    }
    run(sql);
}

bool mysql_driver::validate() noexcept
{
    try {
        run_with_limit("do 0");
        return true;
    } catch (...) {
        return false;
    }
}

bool mysql_driver::reset()
{
    MYSQL* const connection = handle();
    soci_->set_logger(logger_); // a holder's stream need not live as long as the connection
    if (settings_.on_return == mysql_return::discard) {
        run_with_limit("rollback"); // the client library waits for what follows as long as it takes
        if (mysql_reset_connection(ready_to_send()) != 0)
            fail(mysql_failure::of(connection), {}, phase::running);
        configure();
        return false;
    }
    if (status_is_old_ || is_in_transaction(connection))
        run_with_limit("rollback");
    if (!has_autocommit(connection))
        run_with_limit("set autocommit = 1");
    return true;
}

soci::session& mysql_driver::soci()
{
    static_cast<void>(ready_to_send());
    return *soci_;
}

} // namespace steward::inline v0::adapters::detail
