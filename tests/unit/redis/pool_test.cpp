// SPDX-License-Identifier: BSL-1.0
#include "unit/redis/scene.hpp"

#include "support/in_child.hpp"

#include <cstdint>
#include <vector>

using namespace steward::test;

namespace pool_test {

using store =
    steward::resource<"store", steward::adapters::redis, steward::pooling::bounded<0, 1>, steward::metrics::counters>;
static_assert(steward::adapter<steward::adapters::redis>);

/// One session, which every holder gets.
class redis_pools : public redis_scene {
protected:
    void SetUp() override
    {
        redis_scene::SetUp();
        if (cache)
            pool.emplace(store::with({.host = "127.0.0.1", .port = server().port()}));
    }
    std::uint64_t created() { return pool->metrics<"store">().creations; }

    std::optional<steward::manager<store>> pool;
};

TEST_F(redis_pools, keep_sessions_for_reuse)
{
    pool->acquire<"store">()->set("a", "1");
    EXPECT_EQ(pool->acquire<"store">()->get("a"), "1");
    EXPECT_TRUE(pool->validate<"store">());
    EXPECT_EQ(created(), 1U);
}

TEST_F(redis_pools, undo_what_was_begun_by_hand)
{
    pool->acquire<"store">()->command("MULTI");
    EXPECT_EQ(pool->acquire<"store">()->get("a"), std::nullopt);
    {
        auto queued = pool->acquire<"store">();
        queued->command("MULTI");
        queued->command("SET", "a", "1");
    }
    EXPECT_EQ(pool->acquire<"store">()->get("a"), std::nullopt) << "what was queued is not carried out";
    pool->acquire<"store">()->command("SELECT", 5);
    pool->acquire<"store">()->set("a", "1");
    EXPECT_TRUE(cache->exists("a")) << "in the configured database";
    {
        auto watching = pool->acquire<"store">();
        watching->command("WATCH", "a");
        cache->set("a", "2");
    }
    auto change = pool->acquire<"store">();
    change->command("MULTI");
    EXPECT_FALSE(change->command("EXEC").is_nil()) << "nothing is watched any more";
    EXPECT_EQ(created(), 1U);
}

TEST_F(redis_pools, replace_a_session_whose_transaction_cannot_be_undone)
{
    cache->command("ACL", "SETUSER", "hasty", "on", ">hunter2", "~*", "+@all", "-discard");
    redis_settings hasty = settings();
    hasty.user = "hasty";
    hasty.password = "hunter2";
    steward::manager<store> resources{store::with(hasty)};
    resources.acquire<"store">()->command("MULTI");
    EXPECT_EQ(resources.acquire<"store">()->get("a"), std::nullopt);
    EXPECT_EQ(resources.metrics<"store">().creations, 2U);
}

TEST_F(redis_pools, let_transactions_and_pipelines_expire)
{
    auto lease = pool->acquire<"store">();
    auto pipeline = lease->pipeline();
    pipeline.set("a", "1");
    auto change = lease->transaction({"b"});
    change.set("b", "1");
    lease.release();
    auto next = pool->acquire<"store">();
    EXPECT_EQ(code_of([&] { pipeline.run(); }), redis_errc::expired);
    EXPECT_EQ(code_of([&] { change.exec(); }), redis_errc::expired);
    EXPECT_FALSE(next->exists("a") || next->exists("b"));
    auto another = next->transaction();
    another.set("b", "2");
    cache->set("b", "0"); // which was watched before
    another.exec();
    EXPECT_EQ(next->get("b"), "2");
    EXPECT_EQ(created(), 1U);
}

TEST_F(redis_pools, replace_a_session_that_was_changed_for_good)
{
    std::uint64_t expected = 1;
    for (const auto& words : std::vector<std::vector<std::string_view>>{
             {"CLIENT", "SETNAME", "mine"}, {"RESET"}, {"QUIT"}, {"client", "tracking", "off"}}) {
        pool->acquire<"store">()->command(words);
        EXPECT_EQ(pool->acquire<"store">()->command<std::int64_t>("DBSIZE"), 0);
        EXPECT_EQ(created(), ++expected) << words[0];
    }
}

TEST_F(redis_pools, replace_a_session_whose_connection_has_ended)
{
    {
        auto lease = pool->acquire<"store">();
        cache->command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
        EXPECT_EQ(code_of([&] { lease->ping(); }), redis_errc::connection_lost_undone);
    }
    pool->acquire<"store">()->ping();
    {
        auto lease = pool->acquire<"store">();
        cache->command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
    }
    pool->acquire<"store">()->ping(); // found when it came back, without a command
    EXPECT_EQ(created(), 3U);
}

TEST_F(redis_pools, never_lend_a_session_on_which_a_reply_is_missing)
{
    redis_settings quick = settings();
    quick.command_timeout = 50ms;
    steward::manager<store> impatient{store::with(quick)};
    {
        auto lease = impatient.acquire<"store">();
        EXPECT_EQ(code_of([&] { lease->command("BLPOP", "list", 0); }), redis_errc::timed_out);
    }
    cache->rpush("list", "late");
    EXPECT_EQ(impatient.acquire<"store">()->get("a"), std::nullopt);
    wait_until([&] { return connections(*cache) == 2; });
}

TEST_F(redis_pools, name_the_resource_in_errors_of_its_sessions)
{
    auto lease = pool->acquire<"store">();
    lease->rpush("list", "a");
    EXPECT_TRUE(std::string_view{error_of([&] { lease->get("list"); }).what()}.starts_with("store: GET at 127.0.0.1:"));
}

TEST_F(redis_pools, end_the_wait_for_a_password_that_is_refused)
{
    cache->command("ACL", "SETUSER", "worker", "on", ">hunter2", "~*", "+@all");
    redis_settings wrong = settings();
    wrong.user = "worker";
    wrong.password = "hunter3";
    steward::manager<store> refused{store::with(wrong, {.acquire_timeout = 1h})};
    const auto result = refused.try_acquire<"store">();
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().code(), steward::errc::create_failed);
    const std::string text = result.error().what();
    EXPECT_TRUE(text.contains("permission denied: WRONGPASS")) << text;
    EXPECT_FALSE(text.contains("hunter")) << text;
    EXPECT_THROW(std::rethrow_exception(result.error().cause()), steward::permanent_failure);

    wrong.password = "hunter2";
    steward::manager<store> right{store::with(wrong)};
    EXPECT_EQ(right.acquire<"store">()->command<std::string>("ACL", "WHOAMI"), "worker");
}

TEST_F(redis_pools, authenticate_the_default_user_and_choose_the_database)
{
    redis_settings wanted = settings();
    wanted.database = 3;
    redis_settings missing = settings();
    missing.database = 99;
    EXPECT_THROW(redis_session{missing}, steward::permanent_failure);
    cache->command("CONFIG", "SET", "requirepass", "hunter2");
    EXPECT_THROW(redis_session{wanted}, steward::permanent_failure);
    wanted.password = "hunter2";
    redis_session{wanted}.set("in three", "1");
    cache->command("CONFIG", "SET", "requirepass", "");
    EXPECT_FALSE(cache->exists("in three"));
    cache->command("SELECT", 3);
    EXPECT_TRUE(cache->exists("in three"));
}

TEST_F(redis_pools, of_a_parent_are_left_alone_by_a_child)
{
    auto lease = pool->acquire<"store">();
    auto change = lease->transaction({"a"});
    change.set("a", "1");
    EXPECT_TRUE(in_child([&] {
        EXPECT_EQ(code_of([&] { change.exec(); }), redis_errc::expired);
        lease.release();
        pool.reset();
    }));
    change.exec();
    EXPECT_EQ(lease->get("a"), "1");
}

} // namespace pool_test
