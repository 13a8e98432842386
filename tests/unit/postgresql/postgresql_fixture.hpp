// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/postgresql_server.hpp"

#include <steward/adapters/database.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <thread>

namespace steward::test {

using adapters::database_errc;
using adapters::database_error;
using adapters::postgresql_settings;
using postgresql_database = adapters::database<adapters::postgresql>;

/// The error that `action` throws; fails the test if it throws none.
template <class Action>
database_error error_of(Action action)
{
    try {
        action();
    } catch (const database_error& error) {
        return error;
    }
    ADD_FAILURE() << "expected a database_error";
    return database_error{database_errc::other, "no error"};
}

inline postgresql_settings settings_for(const postgresql_server& server)
{
    return {.host = server.host(),
            .port = static_cast<std::uint16_t>(server.port()),
            .database = server.database(),
            .user = server.user(),
            .password = server.password()};
}

/// A schema of its own at the shared server, in which every session of the test is.
class on_postgresql : public testing::Test {
protected:
    void SetUp() override
    {
        if (postgresql_server::program().empty())
            GTEST_SKIP() << "PostgreSQL is not installed: scripts/setup.sh test";
        postgresql_database{settings_for(shared_postgresql())}.create().execute("create schema " + schema);
    }
    void TearDown() override
    {
        if (!postgresql_server::program().empty())
            postgresql_database{settings_for(shared_postgresql())}.create().execute("drop schema " + schema
                                                                                    + " cascade");
    }

    [[nodiscard]] postgresql_settings settings() const
    {
        postgresql_settings result = settings_for(shared_postgresql());
        result.connection = "options='-c search_path=" + schema + "'";
        return result;
    }
    [[nodiscard]] adapters::session open() const { return open(settings()); }
    [[nodiscard]] static adapters::session open(const postgresql_settings& wanted)
    {
        return postgresql_database{wanted}.create();
    }

    /// One that the test can end.
    [[nodiscard]] std::unique_ptr<adapters::session> open_apart() const
    {
        return std::unique_ptr<adapters::session>{new adapters::session(open())};
    }

    [[nodiscard]] static int process_of(adapters::session& db) { return db.query_one<int>("select pg_backend_pid()"); }

    /// Ends a connection from the server's side, and returns once that is over.
    void end_at_server(int process) const
    {
        adapters::session other = open();
        other.execute("select pg_terminate_backend(?, 10000)", process);
    }

    /// Returns once that connection sleeps in pg_sleep.
    static void wait_for_sleep(adapters::session& other, int process)
    {
        while (!other.query_one<bool>(
            "select exists (select from pg_stat_activity where pid = ? and wait_event = 'PgSleep')", process))
            std::this_thread::sleep_for(std::chrono::milliseconds{1});
    }

    std::string schema = "of_" + std::to_string(++schemas);

private:
    static inline int schemas = 0;
};

} // namespace steward::test
