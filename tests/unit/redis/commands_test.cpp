// SPDX-License-Identifier: BSL-1.0
#include "unit/redis/scene.hpp"

#include <cstdint>
#include <map>
#include <vector>

using namespace steward::test;

namespace commands_test {

using redis_commands = redis_scene;
using texts = std::vector<std::string>;

constexpr auto binary = "\r\n$-1\r\n\0*3\r\n+OK\r\n%s %b \xff\xfe\n"sv;

TEST_F(redis_commands, a_value_that_was_set_is_got)
{
    EXPECT_TRUE(cache->set("key", "value"));
    EXPECT_EQ(cache->get("key"), "value");
    EXPECT_EQ(cache->get("another"), std::nullopt);
}

TEST_F(redis_commands, keys_fields_and_values_may_hold_any_bytes)
{
    cache->set(binary, binary);
    EXPECT_EQ(cache->get(binary), binary);
    cache->hset("hash", binary, binary);
    EXPECT_EQ(cache->hget("hash", binary), binary);
    cache->rpush("list", binary, ""sv);
    EXPECT_EQ(cache->lrange("list"), (texts{std::string{binary}, ""}));
    cache->set("", "the empty key");
    EXPECT_EQ(cache->get(""), "the empty key");
    EXPECT_EQ(cache->eval<std::string>("return ARGV[1]", {}, {binary}), binary);
}

TEST_F(redis_commands, a_value_of_ten_megabytes_comes_back_as_it_was)
{
    std::string large(10 << 20, '\0');
    for (std::size_t i = 0; i != large.size(); ++i)
        large[i] = static_cast<char>(i * 2'654'435'761U >> 13U);
    cache->set("large", large);
    EXPECT_TRUE(cache->get("large") == large);
}

TEST_F(redis_commands, a_value_expires)
{
    cache->set("key", "value", {.expires = 5min});
    const auto left = cache->ttl("key");
    ASSERT_TRUE(left);
    EXPECT_GT(*left, 4min);
    EXPECT_LE(*left, 5min);
    cache->set("short", "value", {.expires = 1ms});
    wait_until([&] { return !cache->exists("short"); });
}

TEST_F(redis_commands, a_key_has_time_left_or_stays_or_is_not_there)
{
    cache->set("key", "value");
    EXPECT_EQ(cache->ttl("key"), std::chrono::milliseconds::max());
    EXPECT_EQ(cache->ttl("another"), std::nullopt);
    EXPECT_TRUE(cache->expire("key", 1h));
    EXPECT_LE(cache->ttl("key").value_or(2h), 1h);
    EXPECT_FALSE(cache->expire("another", 1h));
}

TEST_F(redis_commands, a_value_is_set_only_if_the_options_let_it)
{
    EXPECT_FALSE(cache->set("key", "value", {.only_if_present = true}));
    EXPECT_TRUE(cache->set("key", "value", {.expires = 1h, .only_if_absent = true}));
    EXPECT_FALSE(cache->set("key", "other", {.only_if_absent = true}));
    EXPECT_TRUE(cache->set("key", "new", {.only_if_present = true, .keep_ttl = true}));
    EXPECT_EQ(cache->get("key"), "new");
    EXPECT_LE(cache->ttl("key").value_or(2h), 1h);
}

TEST_F(redis_commands, del_counts_what_was_there)
{
    cache->set("a", "1");
    cache->set("b", "1");
    EXPECT_EQ(cache->del("a", "b", std::string{"c"}), 2);
    EXPECT_FALSE(cache->exists("a"));
}

TEST_F(redis_commands, numbers_are_counted_up)
{
    EXPECT_EQ(cache->incr("n"), 1);
    EXPECT_EQ(cache->incr_by("n", 41), 42);
    EXPECT_EQ(cache->incr_by("n", -50), -8);
    EXPECT_EQ(cache->get("n"), "-8");
    cache->set("n", "9223372036854775807");
    EXPECT_EQ(cache->incr_by("n", 0), INT64_MAX);
    EXPECT_EQ(code_of([&] { cache->incr("n"); }), redis_errc::other);
}

TEST_F(redis_commands, hashes)
{
    EXPECT_TRUE(cache->hset("h", "a", "1"));
    EXPECT_FALSE(cache->hset("h", "a", "2"));
    cache->hset("h", "b", "3");
    EXPECT_EQ(cache->hget("h", "a"), "2");
    EXPECT_EQ(cache->hget("h", "c"), std::nullopt);
    EXPECT_EQ(cache->hgetall("h"), (std::map<std::string, std::string>{{"a", "2"}, {"b", "3"}}));
    EXPECT_EQ(cache->hdel("h", "a", "c"), 1);
    EXPECT_TRUE(cache->hgetall("nothing").empty());
}

TEST_F(redis_commands, lists)
{
    EXPECT_EQ(cache->rpush("l", "b", "c"), 2);
    EXPECT_EQ(cache->lpush("l", "a"), 3);
    EXPECT_EQ(cache->llen("l"), 3);
    EXPECT_EQ(cache->lrange("l"), (texts{"a", "b", "c"}));
    EXPECT_EQ(cache->lrange("l", -2, -1), (texts{"b", "c"}));
    EXPECT_EQ(cache->lpop("l"), "a");
    EXPECT_EQ(cache->rpop("l"), "c");
    EXPECT_EQ(cache->lpop("nothing"), std::nullopt);
    EXPECT_TRUE(cache->lrange("nothing").empty());
}

TEST_F(redis_commands, any_command_has_the_result_that_is_asked_for)
{
    EXPECT_EQ(cache->command<std::int64_t>("SADD", "s", "a", "b"), 2);
    EXPECT_TRUE(cache->command<bool>("sismember", "s", "a"));
    EXPECT_EQ(cache->command<std::string>("TYPE", "s"), "set");
    EXPECT_EQ(cache->command<std::optional<std::string>>("HGET", "h", "f"), std::nullopt);
    cache->command("SET", "n", 42);
    EXPECT_EQ(cache->command<std::vector<std::optional<std::string>>>("MGET", "n", "m"),
              (std::vector<std::optional<std::string>>{"42", std::nullopt}));
    cache->command("SET", "x", 0.1);
    EXPECT_EQ(cache->get("x"), "0.1");
    const std::vector<std::string_view> words{"LLEN", "l"};
    EXPECT_EQ(cache->command<std::int64_t>(words), 0);
}

TEST_F(redis_commands, a_reply_is_a_value)
{
    using enum redis_reply::kind;
    EXPECT_EQ(cache->command("PING"), (redis_reply{status, "PONG"}));
    EXPECT_EQ(cache->command("GET", "nothing"), redis_reply{});
    const redis_reply nested =
        cache->eval("return {1, 'a', false, {redis.status_reply('S'), {}}, redis.error_reply('E')}");
    const auto& all = nested.array();
    ASSERT_EQ(all.size(), 5U);
    EXPECT_EQ(all[0].integer(), 1);
    EXPECT_EQ(all[1], (redis_reply{string, "a"}));
    EXPECT_TRUE(all[2].is_nil());
    EXPECT_EQ(all[3].array()[0].type(), status);
    EXPECT_TRUE(all[3].array()[1].array().empty());
    EXPECT_TRUE(all[4].is_error());
}

TEST_F(redis_commands, a_reply_that_is_no_such_value_says_what_it_is)
{
    cache->set("key", "value");
    EXPECT_STREQ(error_of([&] { static_cast<void>(cache->command("GET", "key").integer()); }).what(),
                 "a reply: wrong reply: expected an integer, got a string");
    const redis_error error = error_of([&] { cache->command<std::int64_t>("GET", "key"); });
    EXPECT_EQ(error.code(), redis_errc::wrong_reply);
    EXPECT_EQ(error.what(), "cache: GET at 127.0.0.1:" + std::to_string(settings().port)
                                + ": wrong reply: expected an integer, got a string");
    EXPECT_EQ(cache->get("key"), "value") << "the session goes on";
}

TEST_F(redis_commands, a_script_is_sent_once_and_known_afterwards)
{
    constexpr auto script = "return redis.call('INCRBY', KEYS[1], ARGV[1])";
    const auto calls = [&](std::string_view name) {
        return cache->command<std::string>("INFO", "commandstats").contains("cmdstat_" + std::string{name} + ":");
    };
    EXPECT_EQ(cache->eval<std::int64_t>(script, {"n"}, {"2"}), 2);
    cache->command("CONFIG", "RESETSTAT");
    EXPECT_EQ(cache->eval<std::int64_t>(script, {"n"}, {"3"}), 5);
    EXPECT_FALSE(calls("eval"));
    cache->command("SCRIPT", "FLUSH");
    EXPECT_EQ(cache->eval<std::int64_t>(script, {"n"}, {"1"}), 6);
    EXPECT_TRUE(calls("eval"));
}

TEST_F(redis_commands, scripts_of_any_length_are_known_by_what_the_server_calls_them)
{
    for (std::size_t length = 0; length != 200; ++length) {
        const std::string script = "return 1 --" + std::string(length, 'x');
        cache->command("SCRIPT", "LOAD", script);
        cache->command("CONFIG", "RESETSTAT");
        cache->eval(script);
        ASSERT_FALSE(cache->command<std::string>("INFO", "commandstats").contains("cmdstat_eval:")) << length;
    }
}

TEST_F(redis_commands, what_has_not_one_reply_is_not_sent)
{
    for (const auto& words : std::vector<std::vector<std::string_view>>{
             {"SUBSCRIBE", "c"}, {"psubscribe", "c"}, {"MONITOR"}, {"CLIENT", "reply", "OFF"}, {"HELLO", "3"}, {}}) {
        const redis_error error = error_of([&] { cache->command(words); });
        EXPECT_EQ(error.code(), redis_errc::wrong_command) << error.what();
    }
    cache->ping();
}

} // namespace commands_test
