// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/database_error_of.hpp"
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

using adapters::postgresql_settings;
using postgresql_database = adapters::database<adapters::postgresql>;

inline postgresql_settings settings_for(const postgresql_server& server)
{
    return settings_of<postgresql_settings>(server);
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
