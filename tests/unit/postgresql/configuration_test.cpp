// SPDX-License-Identifier: BSL-1.0
#include "postgresql_fixture.hpp"

#include <chrono>
#include <string>
#include <vector>

using namespace steward::test;
using namespace std::chrono_literals;
using steward::configuration_check;
using steward::configuration_problem;
using steward::adapters::postgresql_tls;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

namespace {

std::vector<configuration_problem> problems_of(const postgresql_settings& settings)
{
    std::vector<configuration_problem> problems;
    configuration_check check{"database", problems};
    postgresql_database::check(settings, check);
    return problems;
}

std::string field_of_only_problem(const postgresql_settings& settings)
{
    const auto problems = problems_of(settings);
    EXPECT_EQ(problems.size(), 1U);
    return problems.empty() ? "" : problems.front().field;
}

TEST(postgresql_configuration, good_settings_have_no_problems)
{
    EXPECT_THAT(problems_of({}), IsEmpty());
    EXPECT_THAT(problems_of({.connection = "postgresql://user:p%40ss@localhost:5433/db?sslmode=require"}), IsEmpty());
    EXPECT_THAT(problems_of({.connection = "host=localhost dbname=db", .user = "u", .password = "p"}), IsEmpty());
}

TEST(postgresql_configuration, what_is_wrong_is_named)
{
    EXPECT_EQ(field_of_only_problem({.connection = "postgresql://localhost:http/db"}), "connection");
    EXPECT_EQ(field_of_only_problem({.connection = "nonsense"}), "connection");
    EXPECT_EQ(field_of_only_problem({.connection = "postgresql://localhost/db", .host = "other"}), "host");
    EXPECT_EQ(field_of_only_problem({.connection = "sslmode=prefer", .tls = postgresql_tls::verify_full}), "tls");
    EXPECT_EQ(field_of_only_problem({.user = std::string{"a\0b", 3}}), "user");
    EXPECT_EQ(field_of_only_problem({.ca_file = "/no/such/file"}), "ca_file");
    EXPECT_EQ(field_of_only_problem({.connect_timeout = 0s}), "connect_timeout");
    EXPECT_EQ(field_of_only_problem({.statement_timeout = -1ms}), "statement_timeout");
}

TEST(postgresql_configuration, no_message_has_a_piece_of_a_password)
{
    for (const char* const connection :
         {"postgresql://user:sec/ret@localhost/db", "postgresql://user:sec@ret@localhost/db",
          "postgresql://user:%zzsecret@localhost/db", "password='secret", "user=u pass word secret",
          "postgresql://user:secret@localhost:port/db", "postgresql://user:sec?ret=secret@localhost/db"}) {
        for (const auto& problem : problems_of({.connection = connection})) {
            EXPECT_THAT(problem.message, Not(HasSubstr("sec"))) << connection;
            EXPECT_THAT(problem.message, Not(HasSubstr("ret"))) << connection;
        }
    }
}

using connecting = on_postgresql;

TEST_F(connecting, is_possible_by_one_string)
{
    const auto& server = shared_postgresql();
    std::string password;
    for (const char c : server.password()) {
        static constexpr std::string_view digits = "0123456789ABCDEF";
        password += '%';
        password += digits[static_cast<unsigned char>(c) >> 4];
        password += digits[static_cast<unsigned char>(c) & 15];
    }
    auto db = open({.connection = "postgresql://" + server.user() + ":" + password + "@" + server.host() + ":"
                                  + std::to_string(server.port()) + "/" + server.database()
                                  + "?options=-c%20work_mem%3D2MB%20--search_path%3Da,b"});
    EXPECT_EQ(db.query_one<std::string>("select current_user"), server.user());
    EXPECT_EQ(db.query_one<std::string>("show work_mem"), "2MB");
    EXPECT_EQ(db.query_one<std::string>("show search_path"), "a,b");
}

TEST_F(connecting, sets_the_session_up)
{
    auto wanted = settings();
    wanted.statement_timeout = 1234ms;
    auto db = open(wanted);
    EXPECT_EQ(db.query_one<std::string>("show client_encoding"), "UTF8");
    EXPECT_EQ(db.query_one<std::string>("show timezone"), "UTC");
    EXPECT_EQ(db.query_one<std::string>("show datestyle"), "ISO, YMD");
    EXPECT_EQ(db.query_one<std::string>("show application_name"), "steward");
    EXPECT_EQ(db.query_one<std::string>("show statement_timeout"), "1234ms");
}

TEST_F(connecting, tells_why_it_fails_without_the_password)
{
    auto wanted = settings();
    for (const char* const wrong : {"secret", "sec ret", "sec=ret", "sec:re\\t '"}) {
        wanted.password = wrong;
        const auto error = error_of([&] { static_cast<void>(open(wanted)); });
        EXPECT_EQ(error.code(), database_errc::cannot_connect);
        EXPECT_THAT(error.what(), HasSubstr("password authentication failed"));
        EXPECT_THAT(error.what(), Not(HasSubstr(wrong)));
    }
    wanted = settings();
    wanted.database = "nowhere";
    EXPECT_THAT(error_of([&] { static_cast<void>(open(wanted)); }).what(), HasSubstr("nowhere"));
    wanted.port = 1;
    EXPECT_EQ(error_of([&] { static_cast<void>(open(wanted)); }).code(), database_errc::cannot_connect);
    EXPECT_EQ(error_of([&] { static_cast<void>(open({.connection = "password='secret"})); }).code(),
              database_errc::cannot_connect);
}

TEST(postgresql_tls_settings, are_obeyed)
{
    if (postgresql_server::program().empty())
        GTEST_SKIP() << "PostgreSQL is not installed: scripts/setup.sh test";
    const postgresql_server server{postgresql_server::tls::on};
    const auto encrypted = [&](postgresql_tls tls, const std::string& ca_file) {
        auto wanted = settings_for(server);
        wanted.host = tls == postgresql_tls::verify_full ? "localhost" : wanted.host;
        wanted.tls = tls;
        wanted.ca_file = ca_file;
        return postgresql_database{wanted}.create().query_one<bool>(
            "select ssl from pg_stat_ssl where pid = pg_backend_pid()");
    };
    EXPECT_FALSE(encrypted(postgresql_tls::off, ""));
    EXPECT_TRUE(encrypted(postgresql_tls::prefer, ""));
    EXPECT_TRUE(encrypted(postgresql_tls::require, ""));
    EXPECT_TRUE(encrypted(postgresql_tls::verify_ca, server.ca_file()));
    EXPECT_TRUE(encrypted(postgresql_tls::verify_full, server.ca_file()));
    EXPECT_EQ(error_of([&] { static_cast<void>(encrypted(postgresql_tls::verify_full, "/etc/hostname")); }).code(),
              database_errc::cannot_connect);
}

} // namespace
