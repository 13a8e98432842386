// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/database_error_of.hpp"
#include "support/mariadb_server.hpp"

#include <steward/adapters/database.hpp>

#include <gtest/gtest.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace steward::test {

using mysql_database = adapters::database<adapters::mysql>;
using adapters::mysql_settings;
using adapters::session;

/// What connects to a server of the tests.
inline mysql_settings settings_for(const mariadb_server& server)
{
    auto settings = settings_of<mysql_settings>(server);
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

inline bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

} // namespace steward::test
