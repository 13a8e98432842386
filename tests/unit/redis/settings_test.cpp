// SPDX-License-Identifier: BSL-1.0
#include "unit/redis/scene.hpp"

#include <steward/settings.hpp>

#include <vector>

using namespace steward::test;

namespace settings_test {

using store = steward::resource<"store", steward::adapters::redis>;

/// What is wrong with settings; empty if nothing is.
std::vector<std::string> problems_of(const redis_settings& settings)
{
    std::vector<std::string> result;
    try {
        const steward::manager<store> manager{store::with(settings)};
    } catch (const steward::configuration_error& error) {
        for (const auto& problem : error.problems())
            result.push_back(problem.field + ": " + problem.message);
    }
    return result;
}

using texts = std::vector<std::string>;

TEST(redis_settings_check, nothing_is_opened_by_it) { EXPECT_EQ(problems_of({.port = 1}), texts{}); }

TEST(redis_settings_check, names_everything_that_is_wrong_at_once)
{
    EXPECT_EQ(problems_of({.host = "",
                           .port = 70'000,
                           .user = "worker",
                           .database = -1,
                           .connect_timeout = 0ms,
                           .command_timeout = 25h}),
              (texts{"host: expected the name or address of a host, without anything around it",
                     "port: expected 1 to 65535, got 70000", "password: expected the password of the user, got nothing",
                     "database: expected 0 or more, got -1",
                     "connect_timeout: expected more than zero and at most 24 h, got 0 ms",
                     "command_timeout: expected more than zero and at most 24 h, got 90000000 ms"}));
}

TEST(redis_settings_check, a_socket_takes_the_place_of_host_and_port)
{
    EXPECT_EQ(problems_of({.host = "", .port = 0, .unix_socket = "/run/redis.sock"}), texts{});
    EXPECT_EQ(problems_of({.unix_socket = std::string(108, 'x')}),
              texts{"unix_socket: expected a path of at most 107 bytes, got 108"});
}

TEST(redis_settings_check, files_of_tls_are_there_and_used)
{
    EXPECT_EQ(problems_of({.ca_file = "/ca.pem"}), texts{"ca_file: expected no file where tls is off, got /ca.pem"});
}

TEST(redis_settings_check, a_url_is_no_host_and_is_not_shown)
{
    for (const char* const host : {"redis://:hunter2@host", "user:hunter2@host", "host hunter2"})
        EXPECT_EQ(problems_of({.host = host}),
                  texts{"host: expected the name or address of a host, without anything around it"});
}

TEST(redis_settings_from_a_file, are_read_by_name)
{
    auto settings = steward::settings<steward::catalog<store>>::from_yaml(
        "store: {host: cache.example.com, database: 2, tls: on, command_timeout: 250ms, password: "
        "'${NO_SUCH:-hunter2}'}");
    const redis_settings& read = settings.get<"store">();
    EXPECT_EQ(read.host, "cache.example.com");
    EXPECT_EQ(read.port, 6379);
    EXPECT_EQ(read.database, 2);
    EXPECT_EQ(read.tls, steward::adapters::redis_tls::on);
    EXPECT_EQ(read.command_timeout, 250ms);
    EXPECT_EQ(read.password, "hunter2");
}

} // namespace settings_test
