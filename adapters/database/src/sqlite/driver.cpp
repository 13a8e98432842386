// SPDX-License-Identifier: BSL-1.0
#include "driver.hpp"

#include "../sql_text.hpp"
#include "cursor.hpp"
#include "native.hpp"

#include <sqlite3.h>

#include <string>
#include <utility>

#include <unistd.h>

namespace steward::inline v0::adapters::detail {

namespace {

bool is_pragma(std::string_view sql) noexcept
{
    while (!sql.empty()) {
        const token next = first_token(sql);
        if (next.kind == token_kind::other)
            return sqlite3_stricmp(std::string{next.text}.c_str(), "pragma") == 0;
        sql.remove_prefix(next.text.size());
    }
    return false;
}

} // namespace

sqlite_driver::sqlite_driver(std::unique_ptr<soci::session> opened, const sqlite_settings& wanted)
    : soci_{std::move(opened)}, logger_{soci_->get_logger()}, settings_{wanted}, process_{::getpid()}
{
    configure();
    restore_pragmas();
    if (!settings_.read_only && settings_.connection != ":memory:")
        choose_journal();
}

sqlite_driver::~sqlite_driver()
{
    // In a child process the connection is the parent's: closing it would drop the parent's locks.
    if (::getpid() != process_) [[maybe_unused]]
        auto* const abandoned = soci_.release();
}

std::unique_ptr<cursor> sqlite_driver::prepare(std::string_view sql)
{
    const bool pragma = is_pragma(sql);
    auto prepared = std::make_unique<sqlite_cursor>(*this, sql, !pragma);
    pragma_seen_ = pragma_seen_ || pragma;
    return prepared;
}

bool sqlite_driver::in_transaction() { return sqlite3_get_autocommit(handle()) == 0; }

std::string_view sqlite_driver::begin(access purpose) const
{
    return purpose == access::read_write && !settings_.read_only ? "begin immediate" : "begin";
}

soci::session& sqlite_driver::open_soci()
{
    static_cast<void>(handle());
    return *soci_;
}

sqlite3* sqlite_driver::handle()
{
    if (sqlite3* const open = native_handle(*soci_))
        return open;
    throw database_error{database_errc::connection_lost, "the underlying SOCI session has been closed"};
}

void sqlite_driver::fail(std::string_view statement)
{
    const database_error error = last_error(handle(), statement);
    suspect_ = suspect_ || casts_doubt_on_the_connection(error.code());
    throw error;
}

// Any statement that runs looks whether the schema is still the one that the connection knows; preparing alone does not.
void sqlite_driver::refresh_schema() { static_cast<void>(text_of("select name from main.sqlite_master limit 1")); }

void sqlite_driver::fail_to_prepare(std::string_view statement)
{
    const database_error error = last_error(handle(), statement);
    // Without the schema, which somebody may have locked, every table is unknown: then that is the error.
    if (error.code() == database_errc::invalid_statement)
        run("select 1 from main.sqlite_master limit 1");
    throw error;
}

void sqlite_driver::run(const std::string& sql)
{
    if (sqlite3_exec(handle(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
        fail(sql);
}

std::string sqlite_driver::text_of(std::string_view sql)
{
    sqlite_cursor statement{*this, sql};
    return statement.step() ? std::string{statement.column(0).text()} : std::string{};
}

bool sqlite_driver::validate() noexcept
{
    try {
        require_usable();
        int moved = 0; // or deleted: the file is no longer the one that others open by that name
        sqlite3_file_control(handle(), "main", SQLITE_FCNTL_HAS_MOVED, &moved);
        return moved == 0 && sqlite_cursor{*this, "select 1"}.step();
    } catch (...) {
        return false;
    }
}

bool sqlite_driver::reset()
{
    require_usable();
    if (in_transaction())
        run("rollback");
    drop_temporary_objects();
    detach_databases();
    configure();
    soci_->set_logger(logger_); // a holder's stream need not live as long as the connection
    if (std::exchange(pragma_seen_, false))
        restore_pragmas();
    return true;
}

void sqlite_driver::require_usable()
{
    if (::getpid() != process_)
        throw database_error{database_errc::connection_lost, "the connection belongs to the parent process"};
    if (std::exchange(suspect_, false))
        sqlite_cursor{*this, "select count(*) from main.sqlite_master"}
            .step(); // reads the file; fails again if it must
}

} // namespace steward::inline v0::adapters::detail
