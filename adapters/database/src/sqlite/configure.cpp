// SPDX-License-Identifier: BSL-1.0
#include "cursor.hpp"
#include "driver.hpp"
#include "native.hpp"

#include <sqlite3.h>

#include <chrono>
#include <string>
#include <thread>
#include <vector>

// How a connection gets, and gets back, the state in which its holders find it.
namespace steward::inline v0::adapters::detail {

namespace {

const char* name_of(sqlite_synchronous level) noexcept
{
    switch (level) {
    case sqlite_synchronous::off: return "off";
    case sqlite_synchronous::normal: return "normal";
    case sqlite_synchronous::full: break;
    }
    return "full";
}

} // namespace

void sqlite_driver::configure()
{
    sqlite3* const connection = handle();
    sqlite3_busy_timeout(connection, static_cast<int>(settings_.busy_timeout.count()));
    sqlite3_db_config(connection, SQLITE_DBCONFIG_ENABLE_FKEY, settings_.foreign_keys ? 1 : 0, nullptr);
}

void sqlite_driver::restore_pragmas()
{
    run("pragma locking_mode = normal; pragma query_only = 0; pragma read_uncommitted = 0;"
        "pragma ignore_check_constraints = 0; pragma writable_schema = 0; pragma case_sensitive_like = 0;"
        "pragma synchronous = "
        + std::string{name_of(settings_.synchronous)});
}

void sqlite_driver::choose_journal()
{
    if (settings_.journal == sqlite_journal::unchanged)
        return;
    const std::string wanted = settings_.journal == sqlite_journal::wal ? "wal" : "delete";
    // Changing the mode needs the file for itself, and SQLite does not wait for that: sessions that are opened at the
    // same time, and other programs, get in each other's way for a moment.
    const auto deadline = std::chrono::steady_clock::now() + settings_.busy_timeout;
    for (;;) {
        try {
            if (text_of("pragma journal_mode") == wanted)
                return;
            if (const std::string got = text_of("pragma journal_mode = " + wanted); got != wanted)
                throw database_error{database_errc::cannot_connect,
                                     "the file stays in journal mode '" + got + "', expected '" + wanted
                                         + "'; set journal to sqlite_journal::unchanged"};
            return;
        } catch (const database_error& error) {
            if (error.code() != database_errc::busy || std::chrono::steady_clock::now() >= deadline)
                throw;
        }
        std::this_thread::sleep_for(std::chrono::milliseconds{1});
    }
}

void sqlite_driver::drop_temporary_objects()
{
    // SQLite opens its temporary database when something needs it; before, there is nothing to ask.
    unsigned version = 0;
    if (sqlite3_file_control(handle(), "temp", SQLITE_FCNTL_DATA_VERSION, &version) == SQLITE_ERROR)
        return;
    std::vector<std::string> statements;
    {
        sqlite_cursor objects{*this,
                              "select type, name from temp.sqlite_master where type in ('trigger', 'view', 'table')"
                              " and name not like 'sqlite\\_%' escape '\\' order by type = 'table'"};
        while (objects.step())
            statements.push_back("drop " + std::string{objects.column(0).text()} + " if exists temp."
                                 + quoted(objects.column(1).text()));
    }
    if (statements.empty())
        return;
    // Foreign keys between temporary tables would ask for an order; configure() puts them back.
    sqlite3_db_config(handle(), SQLITE_DBCONFIG_ENABLE_FKEY, 0, nullptr);
    for (const std::string& statement : statements)
        run(statement);
}

void sqlite_driver::detach_databases()
{
#if SQLITE_VERSION_NUMBER >= 3039000
    // 0 is main, 1 is temp.
    while (const char* const name = sqlite3_db_name(handle(), 2))
        run("detach " + quoted(name));
#else
    std::vector<std::string> names;
    {
        sqlite_cursor attached{*this, "select name from pragma_database_list where seq > 1"};
        while (attached.step())
            names.emplace_back(attached.column(0).text());
    }
    for (const std::string& name : names)
        run("detach " + quoted(name));
#endif
}

} // namespace steward::inline v0::adapters::detail
