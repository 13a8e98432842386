// SPDX-License-Identifier: BSL-1.0
#include "mysql_fixture.hpp"

#include <gtest/gtest.h>

#include <string>

namespace steward::test {
namespace {

using adapters::mysql_tls;

class mysql_with_tls : public testing::Test {
protected:
    void SetUp() override
    {
        if (mariadb_server::program().empty())
            GTEST_SKIP() << "MariaDB is not installed: scripts/setup.sh test";
    }

    static mariadb_server& server()
    {
        static mariadb_server with_tls{mariadb_server::tls::on};
        return with_tls;
    }
    static mysql_settings settings(mysql_tls tls, const std::string& host, const std::string& ca_file = {})
    {
        mysql_settings result = settings_for(server());
        result.tls = tls;
        result.host = host;
        result.ca_file = ca_file;
        return result;
    }
    /// What the session is encrypted with; empty for nothing.
    static std::string cipher(const mysql_settings& wanted)
    {
        session db{mysql_database{wanted}.create()};
        return db.query_one<std::string>(
            "select variable_value from information_schema.session_status where variable_name = 'ssl_cipher'");
    }
    static database_errc refusal(const mysql_settings& wanted)
    {
        return error_of([&] { static_cast<void>(adapters::mysql::open(wanted)); }).code();
    }
};

TEST_F(mysql_with_tls, each_mode_that_the_server_satisfies_encrypts)
{
    EXPECT_EQ(cipher(settings(mysql_tls::off, "localhost")), "");
    EXPECT_NE(cipher(settings(mysql_tls::prefer, "127.0.0.1")), "");
    EXPECT_NE(cipher(settings(mysql_tls::require, "127.0.0.1")), "");
    EXPECT_NE(cipher(settings(mysql_tls::verify_ca, "127.0.0.1", server().ca_file())), "");
    EXPECT_NE(cipher(settings(mysql_tls::verify_full, "localhost", server().ca_file())), "");
    EXPECT_NE(cipher(settings(mysql_tls::verify_full, "127.0.0.1", server().ca_file())), "");
}

TEST_F(mysql_with_tls, a_certificate_of_somebody_else_is_refused)
{
    mariadb_server other{mariadb_server::tls::on};
    EXPECT_EQ(refusal(settings(mysql_tls::verify_ca, "127.0.0.1", other.ca_file())), database_errc::cannot_connect);
    EXPECT_EQ(refusal(settings(mysql_tls::verify_full, "127.0.0.1", other.ca_file())), database_errc::cannot_connect);
}

TEST_F(mysql_with_tls, a_certificate_for_another_host_is_refused_by_verify_full_alone)
{
    EXPECT_NE(cipher(settings(mysql_tls::verify_ca, "127.1", server().ca_file())), "");
    EXPECT_EQ(refusal(settings(mysql_tls::verify_full, "127.1", server().ca_file())), database_errc::cannot_connect);
}

TEST_F(mysql_with_tls, a_server_without_it_is_refused_where_it_is_required)
{
    mysql_settings plain = settings_for(shared_mariadb());
    plain.tls = mysql_tls::prefer;
    EXPECT_EQ(cipher(plain), "");
    plain.tls = mysql_tls::require;
    EXPECT_EQ(refusal(plain), database_errc::cannot_connect);
    plain.ca_file = server().ca_file();
    for (const mysql_tls each : {mysql_tls::verify_ca, mysql_tls::verify_full}) {
        plain.tls = each;
        EXPECT_EQ(refusal(plain), database_errc::cannot_connect);
    }
}

TEST_F(mysql_with_tls, a_session_that_the_server_has_ended_can_be_closed)
{
    mysql_database adapter{settings(mysql_tls::require, "localhost")};
    session killer{adapter.create()};
    session db{adapter.create()};
    killer.execute("kill " + std::to_string(db.query_one<int>("select connection_id()")));
    while (adapter.validate(db)) {}
    EXPECT_EQ(error_of([&] { db.execute("select 1"); }).code(), database_errc::connection_lost_undone);
}

TEST_F(mysql_with_tls, a_session_survives_its_way_through_the_pool)
{
    mysql_database adapter{settings(mysql_tls::verify_full, "localhost", server().ca_file())};
    session db{adapter.create()};
    for (int i = 0; i != 3; ++i) {
        EXPECT_EQ(db.query_one<int>("select 1"), 1);
        adapter.reset(db);
        EXPECT_TRUE(adapter.validate(db));
    }
}

} // namespace
} // namespace steward::test
