// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/mariadb_server.hpp"

#include <steward/adapters/database.hpp>

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace steward::test {

using mysql_database = adapters::database<adapters::mysql>;
using adapters::database_errc;
using adapters::database_error;
using adapters::mysql_settings;
using adapters::session;

/// What connects to a server of the tests.
inline mysql_settings settings_for(const mariadb_server& server)
{
    mysql_settings settings;
    settings.host = mariadb_server::host();
    settings.port = static_cast<std::uint16_t>(server.port());
    settings.database = mariadb_server::database();
    settings.user = mariadb_server::user();
    settings.password = mariadb_server::password();
    settings.tls = adapters::mysql_tls::off;
    return settings;
}

/// One session on the shared server; the tables that a test makes go with it.
class mysql_session : public testing::Test {
protected:
    void SetUp() override
    {
        if (mariadb_server::program().empty())
            GTEST_SKIP() << "MariaDB is not installed: scripts/setup.sh test";
        adapter.emplace(settings());
        db.reset(new session(adapter->create()));
    }
    [[nodiscard]] virtual mysql_settings settings() const { return settings_for(shared_mariadb()); }

    std::optional<mysql_database> adapter;
    std::unique_ptr<session> db;
};

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

inline bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

} // namespace steward::test
