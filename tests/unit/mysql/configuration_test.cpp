// SPDX-License-Identifier: BSL-1.0
#include "mysql_fixture.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

namespace steward::test {
namespace {

/// What the check finds wrong: `field: message`.
std::vector<std::string> mistakes(const mysql_settings& settings)
{
    std::vector<configuration_problem> problems;
    configuration_check check{"db", problems};
    mysql_database::check(settings, check);
    std::vector<std::string> result;
    for (const auto& problem : problems)
        result.push_back(problem.field + ": " + problem.message);
    return result;
}

using texts = std::vector<std::string>;

TEST(mysql_configuration, takes_a_connection_string_or_fields_or_both)
{
    EXPECT_EQ(mistakes({.connection = "mysql://user:pass@localhost/db"}), texts{});
    EXPECT_EQ(mistakes({.connection = "mariadb://user@[::1]:3307"}), texts{});
    EXPECT_EQ(mistakes({.host = "db.example.org", .user = "user"}), texts{});
    EXPECT_EQ(mistakes({.connection = "mysql://localhost:3307/db", .user = "user", .password = "pass"}), texts{});
}

TEST(mysql_configuration, names_a_malformed_connection_string_without_showing_it)
{
    for (const char* const each :
         {"mysql:/user:s3cret@localhost", "postgresql://user:s3cret@localhost", "user:s3cret@localhost",
          "mysql://user:s3cret@localhost:port/db", "mysql://user:s3cret@localhost:70000/db",
          "mysql://user:s3cret@[::1/db", "mysql://user:%zz-s3cret@localhost/db",
          "mysql://user:s3cret@localhost/db?option=1", "mysql://user:s3cret@localhost/db/more"}) {
        const texts found = mistakes({.connection = each});
        ASSERT_EQ(found.size(), 1U) << each;
        EXPECT_TRUE(found.front().starts_with("connection: expected mysql://")) << found.front();
        EXPECT_FALSE(contains(found.front(), "s3cret"));
    }
}

TEST(mysql_configuration, names_what_is_said_twice_or_cannot_be)
{
    const auto one = [](const mysql_settings& settings) {
        const texts found = mistakes(settings);
        return found.size() == 1 ? found.front().substr(0, found.front().find(':')) : std::to_string(found.size());
    };
    const mysql_settings right{.host = "localhost", .user = "user"};
    const auto with = [&](auto change) {
        mysql_settings changed = right;
        change(changed);
        return changed;
    };
    EXPECT_EQ(one({.connection = "mysql://user:pass@localhost", .password = "other"}), "password");
    EXPECT_EQ(one({.connection = "mysql://user@localhost:1", .port = 2}), "port");
    EXPECT_EQ(one({.host = "localhost"}), "user");
    EXPECT_EQ(one(with([](auto& s) { s.host = "localhost;local-infile=1"; })), "host");
    EXPECT_EQ(one(with([](auto& s) { s.password = std::string{"a\0b", 3}; })), "password");
    EXPECT_EQ(one(with([](auto& s) { s.connect_timeout = std::chrono::seconds{0}; })), "connect_timeout");
    EXPECT_EQ(one(with([](auto& s) { s.statement_timeout = std::chrono::milliseconds{-1}; })), "statement_timeout");
    EXPECT_EQ(one(with([](auto& s) { s.tls = adapters::mysql_tls::verify_full; })), "ca_file");
    EXPECT_EQ(one(with([](auto& s) { s.ca_file = "/somewhere"; })), "ca_file");
}

class mysql_connection_strings : public mysql_session {};

TEST_F(mysql_connection_strings, carry_any_password)
{
    const auto percent_encoded = [](std::string_view text) {
        static constexpr std::string_view digits = "0123456789ABCDEF";
        std::string result;
        for (const char c : text) {
            const auto code = static_cast<unsigned char>(c);
            result.append({'%', digits[code / 16], digits[code % 16]});
        }
        return result;
    };
    const mysql_settings by_uri{.connection = "mysql://steward:" + percent_encoded(mariadb_server::password())
                                              + "@localhost:" + std::to_string(shared_mariadb().port()) + "/steward"};
    session connected{mysql_database{by_uri}.create()};
    EXPECT_EQ(connected.query_one<std::string>("select database()"), "steward");
}

TEST_F(mysql_connection_strings, may_name_a_database_that_is_not_there)
{
    mysql_settings wrong = settings();
    wrong.database = "nothing";
    EXPECT_EQ(error_of([&] { static_cast<void>(adapters::mysql::open(wrong)); }).code(), database_errc::cannot_connect);
}

TEST_F(mysql_connection_strings, and_sessions_have_one_time_zone_and_are_strict)
{
    EXPECT_EQ(db->query_one<std::string>("select @@time_zone"), "+00:00");
    EXPECT_TRUE(contains(db->query_one<std::string>("select @@sql_mode"), "STRICT_TRANS_TABLES"));
    EXPECT_EQ(db->query_one<std::string>("select @@character_set_client"), "utf8mb4");
}

} // namespace
} // namespace steward::test
