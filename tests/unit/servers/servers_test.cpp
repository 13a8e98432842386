// SPDX-License-Identifier: BSL-1.0
//
// The servers that other tests rely on, asked by their own clients.
#include "support/mariadb_server.hpp"
#include "support/nginx_server.hpp"
#include "support/postgresql_server.hpp"
#include "support/redis_server.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <system_error>
#include <thread>
#include <type_traits>
#include <vector>

#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

namespace steward::test {
namespace {

using testing::AllOf;
using testing::Each;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

/// What the client program says to a statement.
std::string say(const std::vector<std::string>& command, const scratch_directory& directory)
{
    const std::string output = directory.file("said");
    std::filesystem::remove(output);
    run_unprivileged(command, directory.path().string(), output);
    std::ostringstream text;
    text << std::ifstream{output}.rdbuf();
    return std::move(text).str();
}

std::string ask(const postgresql_server& server, const std::string& statement, const scratch_directory& directory)
{
    ::setenv("PGPASSWORD", postgresql_server::password().c_str(), 1);
    const std::string tls = server.ca_file().empty() ? "disable" : "verify-full sslrootcert=" + server.ca_file();
    return say({find_program("psql"), "-X", "-w", "-At", "-c", statement,
                "host=localhost hostaddr=127.0.0.1 port=" + std::to_string(server.port())
                    + " user=steward dbname=steward sslmode=" + tls},
               directory);
}

std::string ask(const mariadb_server& server, const std::string& statement, const scratch_directory& directory)
{
    ::setenv("MYSQL_PWD", mariadb_server::password().c_str(), 1);
    std::vector<std::string> command{find_program("mariadb"),
                                     "--no-defaults",
                                     "--default-character-set=utf8mb4",
                                     "-N",
                                     "-B",
                                     "-h",
                                     "127.0.0.1",
                                     "-P",
                                     std::to_string(server.port()),
                                     "-u",
                                     "steward",
                                     "-e",
                                     statement,
                                     "steward"};
    if (!server.ca_file().empty())
        command.insert(command.end() - 1, {"--ssl-ca=" + server.ca_file(), "--ssl-verify-server-cert"});
    return say(command, directory);
}

/// Those that run in a folder, by the user who runs them.
std::vector<uid_t> users_running_in(const std::filesystem::path& folder)
{
    std::vector<uid_t> users;
    for (const auto& process : std::filesystem::directory_iterator{"/proc"}) {
        std::error_code gone;
        const std::string where = std::filesystem::read_symlink(process.path() / "cwd", gone).string();
        struct ::stat status{};
        if (!gone && where.starts_with(folder.string()) && ::stat(process.path().c_str(), &status) == 0)
            users.push_back(status.st_uid);
    }
    return users;
}

template <class Server>
class servers : public testing::Test {
protected:
    void SetUp() override
    {
        if (Server::program().empty())
            GTEST_SKIP() << "the server is not installed: scripts/setup.sh test";
        give_to_unprivileged(directory_.path());
        ::setenv("TMPDIR", directory_.path().c_str(), 1);
        ::setenv("HOME", directory_.path().c_str(), 1); // the clients look for files there
    }
    void TearDown() override { ::unsetenv("TMPDIR"); }

    scratch_directory directory_;
};
using all = testing::Types<postgresql_server, mariadb_server, redis_server, nginx_server>;
TYPED_TEST_SUITE(servers, all);

template <class Server>
class databases : public servers<Server> {
protected:
    std::string ask(const Server& server, const std::string& statement)
    {
        return test::ask(server, statement, this->directory_);
    }
};
using all_databases = testing::Types<postgresql_server, mariadb_server>;
TYPED_TEST_SUITE(databases, all_databases);

TYPED_TEST(servers, are_run_by_an_unprivileged_user)
{
    const TypeParam server;
    EXPECT_THAT(users_running_in(this->directory_.path()), Not(IsEmpty()));
    EXPECT_THAT(users_running_in(this->directory_.path()), Each(Not(0U)));
}

TYPED_TEST(servers, leave_nothing_behind)
{
    {
        const TypeParam server;
    }
    EXPECT_THAT(users_running_in(this->directory_.path()), IsEmpty());
    EXPECT_TRUE(std::filesystem::is_empty(this->directory_.path()));
}

TYPED_TEST(servers, that_are_stopped_hard_are_gone_and_start_again)
{
    TypeParam server;
    server.stop_hard();
    EXPECT_THAT(users_running_in(this->directory_.path()), IsEmpty());
    server.start_again();
    EXPECT_THAT(users_running_in(this->directory_.path()), Not(IsEmpty()));
}

TYPED_TEST(servers, outlive_the_thread_that_started_them)
{
    TypeParam server;
    server.stop();
    std::thread{[&] { server.start_again(); }}.join();
    std::this_thread::sleep_for(std::chrono::milliseconds{100});
    EXPECT_THAT(users_running_in(this->directory_.path()), Not(IsEmpty()));
}

TYPED_TEST(servers, end_with_a_test_that_is_killed)
{
    const pid_t test = ::fork();
    if (test == 0) {
        const TypeParam server;
        std::ofstream{this->directory_.file("started")} << server.port();
        for (;;)
            ::pause();
    }
    while (!std::filesystem::exists(this->directory_.file("started")))
        ASSERT_EQ(::waitpid(test, nullptr, WNOHANG), 0) << "it did not start";
    EXPECT_THAT(users_running_in(this->directory_.path()), Not(IsEmpty()));
    ::kill(test, SIGKILL);
    ::waitpid(test, nullptr, 0);
    while (!users_running_in(this->directory_.path()).empty())
        std::this_thread::sleep_for(std::chrono::milliseconds{10});
}

TYPED_TEST(databases, answer) { EXPECT_EQ(this->ask(TypeParam{}, "select 6 * 7"), "42\n"); }

TYPED_TEST(databases, keep_any_text)
{
    const TypeParam server;
    this->ask(server, "create table texts (text varchar(9)); insert into texts values ('Ünï😀')");
    EXPECT_EQ(this->ask(server, "select text from texts"), "Ünï😀\n");
}

TYPED_TEST(databases, that_are_stopped_keep_what_was_committed)
{
    TypeParam server;
    this->ask(server, "create table numbers (number int)");
    this->ask(server, "insert into numbers values (7)");
    server.stop();
    server.start_again();
    EXPECT_EQ(this->ask(server, "select number from numbers"), "7\n");
}

TYPED_TEST(databases, that_are_stopped_hard_keep_what_was_committed)
{
    TypeParam server;
    this->ask(server, "create table numbers (number int)");
    this->ask(server, "insert into numbers values (7)");
    server.stop_hard();
    server.start_again();
    EXPECT_EQ(this->ask(server, "select number from numbers"), "7\n");
}

TYPED_TEST(databases, refuse_a_wrong_password)
{
    const TypeParam server;
    const char* refusal = "password authentication failed";
    std::vector<std::string> command{find_program("psql"),
                                     "-X",
                                     "-w",
                                     "-c",
                                     "select 'let in'",
                                     "host=127.0.0.1 user=steward dbname=steward password=wrong port="
                                         + std::to_string(server.port())};
    if constexpr (std::is_same_v<TypeParam, mariadb_server>) {
        refusal = "Access denied";
        command = {find_program("mariadb"),
                   "--no-defaults",
                   "-h",
                   "127.0.0.1",
                   "-P",
                   std::to_string(server.port()),
                   "-u",
                   "steward",
                   "--password=wrong",
                   "-e",
                   "select 'let in'"};
    }
    EXPECT_THAT(say(command, this->directory_), AllOf(HasSubstr(refusal), Not(HasSubstr("let in"))));
}

TYPED_TEST(databases, with_tls_have_a_certificate_for_their_host)
{
    const TypeParam server{TypeParam::tls::on};
    EXPECT_EQ(this->ask(server, "select 6 * 7"), "42\n");
}

TYPED_TEST(databases, take_more_settings)
{
    if constexpr (std::is_same_v<TypeParam, postgresql_server>)
        EXPECT_EQ(this->ask(TypeParam{TypeParam::tls::off, {"max_connections=7"}}, "show max_connections"), "7\n");
    else
        EXPECT_EQ(this->ask(TypeParam{TypeParam::tls::off, {"--max-connections=17"}}, "select @@max_connections"),
                  "17\n");
}

TEST(redis_server, takes_more_arguments)
{
    if (redis_server::program().empty())
        GTEST_SKIP() << "the server is not installed: scripts/setup.sh test";
    const redis_server server{{"--requirepass", "Pa$$ w'ord\\ with; tricks"}};
    scratch_directory directory;
    give_to_unprivileged(directory.path());
    const std::string client = find_program("redis-cli"), port = std::to_string(server.port());
    EXPECT_THAT(say({client, "-p", port, "ping"}, directory), HasSubstr("NOAUTH"));
    EXPECT_THAT(say({client, "-p", port, "-a", "Pa$$ w'ord\\ with; tricks", "ping"}, directory), HasSubstr("PONG"));
}

TEST(shared_servers, are_started_once)
{
    if (postgresql_server::program().empty() || mariadb_server::program().empty())
        GTEST_SKIP() << "a server is not installed: scripts/setup.sh test";
    EXPECT_EQ(&shared_postgresql(), &shared_postgresql());
    EXPECT_EQ(&shared_mariadb(), &shared_mariadb());
    EXPECT_NE(shared_postgresql().port(), shared_mariadb().port());
}

TEST(programs, that_are_not_installed_have_no_name) { EXPECT_EQ(find_program("no-such-server", {"/usr/bin"}), ""); }

} // namespace
} // namespace steward::test
