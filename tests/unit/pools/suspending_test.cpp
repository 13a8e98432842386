// SPDX-License-Identifier: BSL-1.0
#include "support/pool_fixture.hpp"

#include <vector>

using namespace steward::test;
using namespace steward::literals;
using steward::errc;
using steward::resource_state;

namespace {

template <class B>
using pool_suspending = pool_fixture<B>;
TYPED_TEST_SUITE(pool_suspending, on_any_threads, policy_names);

TYPED_TEST(pool_suspending, refuses_until_resumed)
{
    auto manager = this->make();
    manager.template acquire<"sessions">().release();
    manager.template suspend<"sessions">();
    EXPECT_EQ(code_of(manager.template try_acquire<"sessions">(0ms)), errc::suspended);
    EXPECT_EQ(manager.template status<"sessions">().state, resource_state::maintenance);
    EXPECT_EQ(manager.template status<"sessions">().available, 0U);
    manager.template resume<"sessions">();
    EXPECT_TRUE(manager.template try_acquire<"sessions">(0ms));
    EXPECT_EQ(this->log.created, 1) << "what was there before is there again";
}

TYPED_TEST(pool_suspending, keeps_what_comes_back_for_later)
{
    auto manager = this->make();
    auto lease = manager.template acquire<"sessions">();
    manager.template suspend<"sessions">();
    EXPECT_EQ(lease->number, 1) << "a loan goes on";
    lease.release();
    EXPECT_EQ(code_of(manager.template try_acquire<"sessions">(0ms)), errc::suspended);
    EXPECT_EQ(this->log.destroyed, 0);
    manager.template resume<"sessions">();
    EXPECT_EQ(manager.template acquire<"sessions">()->number, 1);
}

TYPED_TEST(pool_suspending, creates_nothing_meanwhile)
{
    auto manager = this->make({.min_size = 2});
    manager.template suspend<"sessions">();
    manager.maintain(steward::clock::now() + 1s);
    EXPECT_FALSE(manager.template try_acquire<"sessions">(0ms));
    EXPECT_EQ(this->log.created, 0);
}

TYPED_TEST(pool_suspending, twice_or_resuming_what_runs_is_harmless)
{
    auto manager = this->make();
    manager.template resume<"sessions">();
    manager.template suspend<"sessions">();
    manager.template suspend<"sessions">();
    manager.template resume<"sessions">();
    EXPECT_TRUE(manager.template try_acquire<"sessions">(0ms));
}

TYPED_TEST(pool_suspending, leaves_all_places_usable_after_resuming)
{
    auto manager = this->make();
    manager.template acquire<"sessions">().release();
    manager.template suspend<"sessions">();
    manager.template resume<"sessions">();
    auto a = manager.template try_acquire<"sessions">(0ms);
    auto b = manager.template try_acquire<"sessions">(0ms);
    auto c = manager.template try_acquire<"sessions">(0ms);
    auto d = manager.template try_acquire<"sessions">(0ms);
    EXPECT_TRUE(a && b && c && d);
    EXPECT_EQ(code_of(manager.template try_acquire<"sessions">(0ms)), errc::timed_out);
}

TYPED_TEST(pool_suspending, closes_what_became_too_old_when_it_is_resumed)
{
    auto manager = this->make({.max_lifetime = 10min});
    manager.template acquire<"sessions">().release();
    manager.template suspend<"sessions">();
    manager.maintain(steward::clock::now() + 1h);
    manager.template resume<"sessions">();
    EXPECT_EQ(manager.template acquire<"sessions">()->number, 2);
    EXPECT_EQ(this->log.destroyed, 1);
}

TYPED_TEST(pool_suspending, keeps_a_place_for_each_that_it_closes_when_it_is_resumed)
{
    auto manager = this->make({.max_size = 2, .max_lifetime = 10min});
    {
        auto a = manager.template acquire<"sessions">();
        auto b = manager.template acquire<"sessions">();
    }
    manager.template suspend<"sessions">();
    manager.maintain(steward::clock::now() + 1h);
    manager.template resume<"sessions">();
    auto a = manager.template acquire<"sessions">();
    EXPECT_TRUE(manager.template try_acquire<"sessions">(0ms));
}

TYPED_TEST(pool_suspending, brings_back_no_more_than_max_size)
{
    auto manager = this->make();
    {
        auto a = manager.template acquire<"sessions">();
        auto b = manager.template acquire<"sessions">();
        auto c = manager.template acquire<"sessions">();
    }
    auto lent = manager.template acquire<"sessions">();
    manager.template suspend<"sessions">();
    manager.template resize<"sessions">({.max_size = 2});
    manager.template resume<"sessions">();
    EXPECT_LE(manager.template status<"sessions">().size, 2U);
    EXPECT_TRUE(manager.template try_acquire<"sessions">(0ms)) << "of two, one is lent";
}

TYPED_TEST(pool_suspending, is_rest_for_what_nobody_may_take)
{
    auto manager = this->template make_with<steward::health::on_borrow<10_s>>();
    const auto start = steward::clock::now() + 1s;
    manager.maintain(start);
    manager.template acquire<"sessions">()->broken = true;
    manager.template suspend<"sessions">();
    manager.maintain(start + 1min);
    manager.template resume<"sessions">();
    EXPECT_FALSE(manager.template acquire<"sessions">()->broken) << "it was not validated after a minute's rest";
}

TYPED_TEST(pool_suspending, does_not_make_what_rested_look_used)
{
    auto manager = this->make({.idle_timeout = 10min});
    const auto start = steward::clock::now() + 1s;
    manager.maintain(start);
    manager.template acquire<"sessions">().release();
    manager.maintain(start + 1min); // it rests since the start
    manager.maintain(start + 9min);
    manager.template suspend<"sessions">();
    manager.template resume<"sessions">();
    manager.maintain(start + 11min);
    EXPECT_EQ(this->log.destroyed, 1) << "nobody used it for more than ten minutes";
}

} // namespace
