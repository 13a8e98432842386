// SPDX-License-Identifier: BSL-1.0
#include "driver.hpp"

#include "../farewell.hpp"
#include "copy_writer.hpp"
#include "cursor.hpp"
#include "fail.hpp"

#include <steward/adapters/database/error.hpp>

#include <chrono>
#include <utility>

namespace steward::inline v0::adapters::detail::pg {

namespace {

/// The server ends what takes too long itself: only one that is silent beyond that has lost the connection.
std::chrono::milliseconds limit_of(const postgresql_settings& wanted)
{
    using namespace std::chrono_literals;
    return wanted.statement_timeout == 0ms ? 0ms : wanted.statement_timeout + 1s;
}

} // namespace

pg_driver::pg_driver(std::unique_ptr<soci::session> opened, const postgresql_settings& wanted)
    : soci_{std::move(opened)}, logger_{soci_->get_logger()}, wire_{*soci_, limit_of(wanted)},
      patience_{wanted.connect_timeout}, on_return_{wanted.on_return}, statements_kept_{wanted.statement_cache}
{
}

pg_driver::~pg_driver()
{
    PGconn* const connection = native_handle(*soci_);
    const int socket = connection ? PQsocket(connection) : -1;
    if (wire_.foreign()) {
        // The connection is the parent's: not even goodbye is said.
        [[maybe_unused]] auto* const abandoned = soci_.release();
        return;
    }
    const farewell last{socket};
    soci_.reset();
}

std::unique_ptr<cursor> pg_driver::prepare(std::string_view sql) { return std::make_unique<pg_cursor>(*this, sql); }

std::unique_ptr<bulk_writer> pg_driver::insert(std::string_view table, std::span<const std::string_view> columns,
                                               std::size_t width)
{
    if (auto writer = copy_into(*this, table, columns, width))
        return writer;
    return driver::insert(table, columns, width);
}

bool pg_driver::in_transaction()
{
    const PGTransactionStatusType status = PQtransactionStatus(wire_.handle());
    return status == PQTRANS_ACTIVE && streaming_ ? streaming_->in_transaction() : status != PQTRANS_IDLE;
}

std::string_view pg_driver::begin(access purpose) const
{
    return purpose == access::read_only ? "begin read only" : "begin";
}

bool pg_driver::validate() noexcept
{
    try {
        const wire::patience for_an_idle_server{wire_, patience_};
        run("", loss::harmless);
        return true;
    } catch (...) {
        return false;
    }
}

bool pg_driver::reset()
{
    const wire::patience for_an_idle_server{wire_, patience_};
    if (wire_.foreign())
        throw database_error{database_errc::connection_lost, "the connection belongs to the parent process"};
    if (PQtransactionStatus(wire_.handle()) == PQTRANS_ACTIVE) // something of the SOCI session's
        wire_.drain();
    if (PQtransactionStatus(wire_.handle()) != PQTRANS_IDLE)
        run("rollback", loss::harmless);
    soci_->set_logger(logger_); // a holder's stream need not live as long as the connection
    if (on_return_ == postgresql_return::rollback)
        return true;
    run("discard all", loss::harmless);
    all_prepared_is_gone();
    return false;
}

soci::session& pg_driver::soci()
{
    static_cast<void>(free_wire());
    wire_.look_again();
    return *soci_;
}

wire& pg_driver::free_wire()
{
    if (streaming_)
        streaming_->retreat();
    return wire_;
}

void pg_driver::run(const char* sql, loss meaning)
{
    wire& line = free_wire();
    PGconn* const connection = line.begin(meaning);
    line.send(PQsendQuery(connection, sql));
    static_cast<void>(result_of(sql));
}

result_ptr pg_driver::result_of(std::string_view statement)
{
    result_ptr result;
    while (result_ptr next = wire_.next())
        if (!result || PQresultStatus(result.get()) != PGRES_FATAL_ERROR) // the first error explains the others
            result = std::move(next);
    if (PQresultStatus(result.get()) == PGRES_FATAL_ERROR)
        throw server_error(result.get(), statement);
    return result;
}

} // namespace steward::inline v0::adapters::detail::pg
