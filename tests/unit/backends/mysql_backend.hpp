// SPDX-License-Identifier: BSL-1.0
#pragma once

#ifdef STEWARD_TEST_WITH_MYSQL
#include "server_backend.hpp"
#include "support/mariadb_server.hpp"

#include <steward/adapters/database/mysql.hpp>
#include <steward/adapters/database/session.hpp>
#else
#include "memory_backend.hpp"
#endif

#include <string>
#include <string_view>
#include <vector>

namespace steward::test {

#ifdef STEWARD_TEST_WITH_MYSQL

/// On MariaDB.
struct mysql_backend : server_backend<adapters::mysql_settings, adapters::mysql_tls, mariadb_server> {
    static constexpr std::string_view name = "mysql";
    using backend = adapters::mysql;

    /// Without `long` it is 64 KiB at most.
    static constexpr std::string_view text = "longtext", blob = "longblob";
    /// Whole seconds without the number; a timestamp would begin in 1970.
    static constexpr std::string_view time = "datetime(6)";
    static constexpr std::string_view natural = "bigint unsigned";
    static constexpr bool keeps_infinity = false;
    /// The server makes it 0.0, also a literal.
    static constexpr bool keeps_negative_zero = false;
    /// What the manual promises.
    static constexpr int first_year = 1000;
    /// What is dropped half-way is read to its end, so it has one.
    static constexpr std::string_view endless = "select seq from seq_1_to_2000000";

    [[nodiscard]] static std::string quoted(std::string_view identifier)
    {
        return std::string{"`"}.append(identifier).append("`");
    }

    mysql_backend() : server_backend{shared_mariadb(), next_name()} { change("create database " + database()); }
    ~mysql_backend()
    {
        try {
            change("drop database " + database());
        } catch (const adapters::database_error&) { // NOLINT(bugprone-empty-catch): it goes with the server
        }
    }

    [[nodiscard]] std::vector<adapters::mysql_settings> wrong_settings() const { return wrong_settings_with("mysql"); }

private:
    static std::string next_name()
    {
        static int number = 0;
        return "backends_" + std::to_string(++number);
    }
    void change(const std::string& sql) const
    {
        adapters::session{adapters::mysql::open(settings_of(server(), mariadb_server::database()))}.execute(sql);
    }
};

#else

/// All its tests are skipped.
struct mysql_backend : memory_backend {
    static constexpr std::string_view name = "mysql";
    [[nodiscard]] static std::string missing() { return "steward was built without it"; }
};

#endif

} // namespace steward::test
