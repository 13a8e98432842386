// SPDX-License-Identifier: BSL-1.0
#include "unit/redis/raw_redis.hpp"
#include "unit/redis/scene.hpp"

#include "support/in_child.hpp"

#include <steward/error.hpp>

#include <thread>
#include <vector>

using namespace steward::test;

namespace errors_test {

using redis_errors = redis_scene;

/// What the server may echo must not be in any error.
bool shows_a_secret(std::string_view text) { return text.contains("hunter"); }

TEST_F(redis_errors, say_which_resource_command_and_server_and_what_to_do)
{
    cache->rpush("list", "a");
    const redis_error error = error_of([&] { cache->get("list"); });
    EXPECT_EQ(error.code(), redis_errc::wrong_type);
    EXPECT_EQ(error.what(), "cache: GET at 127.0.0.1:" + std::to_string(settings().port)
                                + ": wrong type: WRONGTYPE Operation against a key holding the wrong kind of value; "
                                  "use the commands of its type, or another key");
    EXPECT_FALSE(error.retriable());
    cache->ping();
}

TEST_F(redis_errors, of_the_server_have_kinds)
{
    EXPECT_EQ(code_of([&] { cache->command("NOSUCHCOMMAND"); }), redis_errc::other);
    EXPECT_EQ(code_of([&] { cache->command("GET"); }), redis_errc::other);
    EXPECT_EQ(code_of([&] { cache->eval("return redis.error_reply('BUSY try later')"); }), redis_errc::busy);

    cache->command("CONFIG", "SET", "maxmemory", "1");
    EXPECT_EQ(code_of([&] { cache->set("key", "value"); }), redis_errc::out_of_memory);
    cache->command("CONFIG", "SET", "maxmemory", "0");

    cache->command("REPLICAOF", "127.0.0.1", "1");
    EXPECT_EQ(code_of([&] { cache->set("key", "value"); }), redis_errc::read_only);
    cache->command("CONFIG", "SET", "replica-serve-stale-data", "no");
    const redis_error stale = error_of([&] { cache->get("key"); });
    EXPECT_EQ(stale.code(), redis_errc::busy) << stale.what();
    EXPECT_TRUE(stale.retriable());
    cache->command("CONFIG", "SET", "replica-serve-stale-data", "yes");
    cache->command("REPLICAOF", "NO", "ONE");
}

TEST_F(redis_errors, never_show_arguments)
{
    for (const std::vector<std::string_view>& words : std::vector<std::vector<std::string_view>>{
             {"NOSUCHCOMMAND", "hunter2", "hunter 3"},
             {"SET key hunter2", "x"},
             {"CONFIG", "SET", "hunter2", "hunter"},
             {"CLIENT", "hunter2"},
             {"AUTH", "hunter2"},
             {"auth", "hunter", "hunter2"},
             {"EVAL", "return redis.error_reply('no ' .. ARGV[1])", "0", "hunter2"},
             {"EVAL", "return redis.error_reply('no' .. ARGV[1])", "0", "hunter22"}}) {
        const redis_error error = error_of([&] { cache->command(words); });
        EXPECT_FALSE(shows_a_secret(error.what())) << error.what();
    }
    EXPECT_FALSE(shows_a_secret(error_of([&] {
                                    auto pipeline = cache->pipeline();
                                    pipeline.command("NOSUCHCOMMAND", "hunter2");
                                    pipeline.run();
                                }).what()));
}

TEST_F(redis_errors, a_reply_in_time_is_waited_for_and_a_late_one_never_read)
{
    redis_settings quick = settings();
    quick.command_timeout = 50ms;
    redis_session session{quick, "cache"};
    const redis_error error = error_of([&] { session.command("BLPOP", "nothing", 0); });
    EXPECT_EQ(error.code(), redis_errc::timed_out) << error.what();
    EXPECT_FALSE(error.retriable()) << "whether it took effect is unknown";
    cache->rpush("nothing", "late");
    const redis_error next = error_of([&] { session.get("key"); });
    EXPECT_EQ(next.code(), redis_errc::connection_lost_undone) << next.what();
    EXPECT_TRUE(next.retriable());
}

TEST_F(redis_errors, a_connection_that_the_server_has_closed_is_found_before_anything_is_sent)
{
    redis_session other{settings()};
    other.ping();
    cache->command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
    EXPECT_EQ(code_of([&] { other.set("key", "value"); }), redis_errc::connection_lost_undone);
    EXPECT_FALSE(cache->exists("key"));
}

TEST_F(redis_errors, a_connection_that_breaks_under_a_command_leaves_open_whether_it_took_effect)
{
    redis_session other{settings()};
    std::thread killer{[&] {
        wait_until([&] { return cache->command<std::string>("CLIENT", "LIST").contains("cmd=blpop"); });
        cache->command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
    }};
    const redis_error error = error_of([&] { other.command("BLPOP", "nothing", 0); });
    killer.join();
    EXPECT_EQ(error.code(), redis_errc::connection_lost) << error.what();
    EXPECT_FALSE(error.retriable());
}

TEST_F(redis_errors, too_many_clients_are_worth_another_try)
{
    const auto most = cache->command<std::vector<std::string>>("CONFIG", "GET", "maxclients").at(1);
    cache->command("CONFIG", "SET", "maxclients", "1");
    const redis_error error = error_of([&] { redis_session{settings(), "cache"}; });
    cache->command("CONFIG", "SET", "maxclients", most);
    EXPECT_EQ(error.code(), redis_errc::busy) << error.what();
    EXPECT_TRUE(error.retriable());
}

TEST_F(redis_errors, a_value_that_is_too_large_for_the_server_is_said_to_be)
{
    cache->command("CONFIG", "SET", "proto-max-bulk-len", 1 << 20);
    redis_session other{settings()};
    const redis_error error = error_of([&] { other.set("key", std::string(32 << 20, 'x')); });
    cache->command("CONFIG", "SET", "proto-max-bulk-len", 512 << 20);
    EXPECT_TRUE(std::string_view{error.what()}.contains("invalid bulk length")
                || error.code() == redis_errc::connection_lost_undone)
        << error.what();
    EXPECT_EQ(code_of([&] { other.ping(); }), redis_errc::connection_lost_undone);
    EXPECT_FALSE(cache->exists("key"));
}

TEST_F(redis_errors, a_child_never_speaks_on_its_parents_connection)
{
    cache->set("key", "parent");
    EXPECT_TRUE(in_child([&] {
        EXPECT_EQ(code_of([&] { cache->set("key", "child"); }), redis_errc::expired);
        cache.reset();
    }));
    EXPECT_EQ(cache->get("key"), "parent");
}

TEST(redis_without_server, nobody_there_is_worth_another_try)
{
    const redis_error error = error_of([] { redis_session{{.host = "127.0.0.1", .port = 1}, "cache"}; });
    EXPECT_EQ(error.code(), redis_errc::cannot_connect);
    EXPECT_TRUE(error.retriable());
    EXPECT_STREQ(error.what(), "cache: connect at 127.0.0.1:1: cannot connect: Connection refused; is the server "
                               "running, and the address right?");
    EXPECT_EQ(code_of([] { redis_session{{.unix_socket = "/nowhere/redis.sock"}}; }), redis_errc::cannot_connect);
}

TEST(redis_without_server, connecting_ends_with_its_caller)
{
    const raw_redis silent{[](int connection) {
        raw_redis::greet(connection);
        raw_redis::hear(connection);
    }}; // has one connection at a time, so the second one gets no answer
    const redis_settings settings{.host = "127.0.0.1", .port = silent.port()};
    const redis_session first{settings};
    EXPECT_EQ(code_of([&] { redis_session(settings, {}, steward::clock::now() + 20ms); }), redis_errc::timed_out);
}

TEST(redis_without_server, what_nobody_has_asked_for_ends_a_connection)
{
    const raw_redis talking{[](int connection) {
        raw_redis::greet(connection);
        raw_redis::say(connection, "$5\r\nhello\r\n");
        raw_redis::hear(connection);
    }};
    redis_session session{{.host = "127.0.0.1", .port = talking.port()}};
    wait_until([&] {
        try {
            session.ping();
        } catch (const redis_error& error) {
            return error.code() == redis_errc::connection_lost_undone;
        }
        return false;
    });
}

TEST(redis_without_server, what_is_not_redis_is_said_to_be_none)
{
    const raw_redis other{[](int connection) {
        raw_redis::greet(connection);
        raw_redis::hear(connection);
        raw_redis::say(connection, "HTTP/1.1 400 Bad Request\r\n\r\n");
    }};
    redis_session session{{.host = "127.0.0.1", .port = other.port()}};
    const redis_error error = error_of([&] { session.ping(); });
    EXPECT_EQ(error.code(), redis_errc::connection_lost);
    EXPECT_TRUE(std::string_view{error.what()}.contains("is it a Redis server?")) << error.what();
}

TEST(redis_without_server, half_a_reply_is_none)
{
    const raw_redis breaking{[](int connection) {
        raw_redis::greet(connection);
        raw_redis::hear(connection);
        raw_redis::say(connection, "$100\r\nhalf of it");
    }};
    redis_session session{{.host = "127.0.0.1", .port = breaking.port()}};
    EXPECT_EQ(code_of([&] { session.get("key"); }), redis_errc::connection_lost);
    EXPECT_EQ(code_of([&] { session.get("key"); }), redis_errc::connection_lost_undone);
}

TEST(redis_without_server, a_second_reply_is_not_the_next_commands)
{
    const raw_redis doubling{[](int connection) {
        raw_redis::greet(connection);
        raw_redis::hear(connection);
        raw_redis::say(connection, "$1\r\na\r\n$1\r\nb\r\n");
        raw_redis::hear(connection);
    }};
    redis_session session{{.host = "127.0.0.1", .port = doubling.port()}};
    EXPECT_EQ(session.get("key"), "a");
    EXPECT_EQ(code_of([&] { session.get("key"); }), redis_errc::connection_lost_undone);
}

} // namespace errors_test
