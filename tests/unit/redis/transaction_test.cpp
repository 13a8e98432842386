// SPDX-License-Identifier: BSL-1.0
#include "unit/redis/scene.hpp"

#include <cstdint>
#include <stdexcept>

using namespace steward::test;

namespace transaction_test {

using redis_transactions = redis_scene;

TEST_F(redis_transactions, are_carried_out_together)
{
    for (int i = 0; i != 2; ++i) { // the first one of a connection is sent otherwise
        auto change = cache->transaction();
        const auto n = change.incr("n");
        const auto found = change.get("n");
        EXPECT_EQ(cache->get("n"), i == 0 ? std::nullopt : std::optional<std::string>{"1"}) << "only noted so far";
        const auto results = change.exec();
        EXPECT_EQ(results[n], i + 1);
        EXPECT_EQ(results[found], std::to_string(i + 1));
        EXPECT_FALSE(change.active());
    }
}

TEST_F(redis_transactions, fail_as_a_whole_where_a_watched_key_was_changed)
{
    cache->set("stock", "5");
    redis_session other{settings()};
    for (int i = 0; i != 2; ++i) {
        auto change = cache->transaction({"stock"});
        EXPECT_TRUE(cache->get("stock"));
        change.incr_by("stock", -1);
        other.set("stock", "7");
        const redis_error error = error_of([&] { change.exec(); });
        EXPECT_EQ(error.code(), redis_errc::conflict);
        EXPECT_TRUE(error.retriable());
        EXPECT_EQ(cache->get("stock"), "7");
    }
    auto change = cache->transaction({"stock"});
    change.incr_by("stock", -1);
    change.exec();
    EXPECT_EQ(cache->get("stock"), "6");
}

TEST_F(redis_transactions, that_are_not_executed_change_nothing)
{
    {
        auto change = cache->transaction();
        change.set("a", "1");
    }
    try {
        auto change = cache->transaction({"a"});
        change.set("a", "1");
        throw std::runtime_error{"an owner's"};
    } catch (const std::runtime_error&) {
    }
    auto change = cache->transaction();
    change.set("a", "1");
    change.discard();
    EXPECT_FALSE(cache->exists("a"));
    EXPECT_EQ(code_of([&] { change.exec(); }), redis_errc::wrong_command);
}

TEST_F(redis_transactions, do_not_mind_what_an_earlier_one_has_watched)
{
    redis_session other{settings()};
    {
        const auto left = cache->transaction({"old"});
    }
    auto change = cache->transaction({"new"});
    other.set("old", "changed");
    change.set("new", "1");
    change.exec();
    EXPECT_EQ(cache->get("new"), "1");
}

TEST_F(redis_transactions, with_a_command_that_the_server_does_not_take_do_nothing)
{
    for (int i = 0; i != 2; ++i) {
        auto change = cache->transaction();
        change.set("a", "1");
        change.command("NOSUCHCOMMAND", "hunter2");
        const redis_error error = error_of([&] { change.exec(); });
        EXPECT_EQ(error.code(), redis_errc::other);
        EXPECT_TRUE(std::string_view{error.what()}.starts_with("cache: NOSUCHCOMMAND (command 2 of 2) at "))
            << error.what();
        EXPECT_FALSE(std::string_view{error.what()}.contains("hunter2")) << error.what();
        EXPECT_FALSE(cache->exists("a"));
    }
}

TEST_F(redis_transactions, keep_what_worked_where_a_command_fails_when_it_is_carried_out)
{
    cache->rpush("list", "a");
    auto change = cache->transaction();
    change.incr("list");
    const auto n = change.incr("n");
    const auto results = change.try_exec();
    EXPECT_EQ(results[n], 1);
    EXPECT_EQ(code_of([&] { results.raise(); }), redis_errc::wrong_type);
}

TEST_F(redis_transactions, are_open_one_at_a_time)
{
    auto change = cache->transaction({"a"});
    EXPECT_EQ(code_of([&] { auto another = cache->transaction(); }), redis_errc::wrong_command);
    EXPECT_EQ(code_of([&] { cache->command("EXEC"); }), redis_errc::wrong_command);
    EXPECT_EQ(code_of([&] { cache->command("unwatch"); }), redis_errc::wrong_command);
    change.command("MULTI");
    EXPECT_EQ(code_of([&] { change.exec(); }), redis_errc::wrong_command);
    cache->transaction().exec(); // that one has ended nevertheless
}

TEST_F(redis_transactions, are_refused_where_one_was_begun_by_hand)
{
    cache->command("MULTI");
    EXPECT_EQ(code_of([&] { auto change = cache->transaction(); }), redis_errc::wrong_command);
}

TEST_F(redis_transactions, whose_right_is_missing_carry_nothing_out)
{
    cache->command("ACL", "SETUSER", "reader", "on", ">hunter2", "~*", "+@all", "-multi");
    redis_settings limited = settings();
    limited.user = "reader";
    limited.password = "hunter2";
    redis_session session{limited};
    auto change = session.transaction();
    change.set("a", "1");
    EXPECT_EQ(code_of([&] { change.exec(); }), redis_errc::permission_denied);
    EXPECT_FALSE(cache->exists("a"));
    session.ping();
}

TEST_F(redis_transactions, end_with_their_session)
{
    auto change = cache->transaction();
    change.set("a", "1");
    cache.reset();
    EXPECT_FALSE(change.active());
    EXPECT_EQ(code_of([&] { change.exec(); }), redis_errc::expired);
}

} // namespace transaction_test
