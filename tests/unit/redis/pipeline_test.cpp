// SPDX-License-Identifier: BSL-1.0
#include "unit/redis/scene.hpp"

#include <cstdint>
#include <map>
#include <vector>

using namespace steward::test;

namespace pipeline_test {

using redis_pipelines = redis_scene;

TEST_F(redis_pipelines, replies_are_typed_and_in_order)
{
    auto pipeline = cache->pipeline();
    const auto set = pipeline.set("a", "1");
    const auto counted = pipeline.incr_by("a", 41);
    const auto found = pipeline.get("a");
    const auto missing = pipeline.get("b");
    const auto field = pipeline.hset("h", "f", "v");
    const auto all = pipeline.hgetall("h");
    const auto left = pipeline.ttl("a");
    const auto members = pipeline.command<std::int64_t>("SADD", "s", "x", "y");
    EXPECT_EQ(pipeline.size(), 8U);
    EXPECT_FALSE(cache->exists("a")) << "only noted so far";

    const auto results = pipeline.run();
    EXPECT_TRUE(results.ok());
    EXPECT_EQ(results.size(), 8U);
    EXPECT_TRUE(results[set]);
    EXPECT_EQ(results[counted], 42);
    EXPECT_EQ(results[found], "42");
    EXPECT_EQ(results[missing], std::nullopt);
    EXPECT_TRUE(results[field]);
    EXPECT_EQ(results[all], (std::map<std::string, std::string>{{"f", "v"}}));
    EXPECT_EQ(results[left], std::chrono::milliseconds::max());
    EXPECT_EQ(results[members], 2);
    EXPECT_EQ(results.reply(2).text(), "42");
}

TEST_F(redis_pipelines, what_was_run_is_forgotten)
{
    auto pipeline = cache->pipeline();
    pipeline.incr("n");
    pipeline.run();
    EXPECT_EQ(pipeline.size(), 0U);
    EXPECT_EQ(pipeline.run().size(), 0U) << "nothing to send";
    const auto again = pipeline.incr("n");
    EXPECT_EQ(pipeline.run()[again], 2);
}

TEST_F(redis_pipelines, the_first_that_failed_is_thrown_after_all_were_carried_out)
{
    cache->rpush("list", "a");
    auto pipeline = cache->pipeline();
    pipeline.set("before", "1");
    pipeline.incr("list");
    pipeline.set("after", "1");
    const redis_error error = error_of([&] { pipeline.run(); });
    EXPECT_EQ(error.code(), redis_errc::wrong_type);
    EXPECT_TRUE(std::string_view{error.what()}.starts_with("cache: INCR (command 2 of 3) at 127.0.0.1:"))
        << error.what();
    EXPECT_TRUE(cache->exists("before") && cache->exists("after"));
}

TEST_F(redis_pipelines, failures_may_be_among_the_results)
{
    cache->rpush("list", "a");
    auto pipeline = cache->pipeline();
    const auto failed = pipeline.incr("list");
    const auto worked = pipeline.incr("n");
    const auto results = pipeline.try_run();
    EXPECT_FALSE(results.ok());
    EXPECT_EQ(results[worked], 1);
    EXPECT_EQ(code_of([&] { static_cast<void>(results[failed]); }), redis_errc::wrong_type);
    EXPECT_EQ(code_of([&] { static_cast<void>(results.reply(0)); }), redis_errc::wrong_type);
    EXPECT_EQ(code_of([&] { static_cast<void>(results.reply(2)); }), redis_errc::wrong_reply);
    EXPECT_EQ(code_of([&] { results.raise(); }), redis_errc::wrong_type);
}

TEST_F(redis_pipelines, both_sides_may_have_more_to_say_than_fits_between_them)
{
    const std::string value(1 << 20, 'v');
    auto pipeline = cache->pipeline();
    for (int i = 0; i != 64; ++i) {
        pipeline.set(std::to_string(i), value);
        pipeline.get(std::to_string(i));
    }
    const auto results = pipeline.run();
    for (std::size_t i = 0; i != 64; ++i)
        ASSERT_TRUE(results.reply(2 * i + 1).text() == value) << i;
}

TEST_F(redis_pipelines, of_many_small_commands_each_has_its_own_reply)
{
    static constexpr int many = 100'000;
    auto pipeline = cache->pipeline();
    for (int i = 0; i != many; ++i)
        pipeline.command("ECHO", i);
    const auto results = pipeline.run();
    for (int i = 0; i != many; ++i)
        ASSERT_EQ(results.reply(static_cast<std::size_t>(i)).text(), std::to_string(i));
}

TEST_F(redis_pipelines, with_a_command_that_cannot_be_sent_nothing_is)
{
    auto pipeline = cache->pipeline();
    pipeline.set("a", "1");
    pipeline.command("SUBSCRIBE", "c");
    EXPECT_EQ(code_of([&] { pipeline.run(); }), redis_errc::wrong_command);
    EXPECT_FALSE(cache->exists("a"));
}

TEST_F(redis_pipelines, end_with_their_session)
{
    auto pipeline = cache->pipeline();
    pipeline.set("a", "1");
    cache.reset();
    EXPECT_EQ(code_of([&] { pipeline.run(); }), redis_errc::expired);
}

} // namespace pipeline_test
