// SPDX-License-Identifier: BSL-1.0
#include "support/pool_fixture.hpp"

using namespace steward::test;
using steward::errc;

namespace {

template <class B>
using pool_resize = pool_fixture<B>;
TYPED_TEST_SUITE(pool_resize, on_any_threads, policy_names);

TYPED_TEST(pool_resize, makes_more_room)
{
    auto manager = this->make({.max_size = 1});
    auto first = manager.template acquire<"sessions">();
    manager.template resize<"sessions">({.max_size = 2});
    EXPECT_EQ(manager.template status<"sessions">().capacity, 2U);
    EXPECT_TRUE(manager.template try_acquire<"sessions">(0ms));
}

TYPED_TEST(pool_resize, changes_only_what_is_named)
{
    auto manager = this->make({.min_size = 1, .max_size = 2, .acquire_timeout = 0ms});
    manager.template resize<"sessions">({.max_size = 1});
    auto only = manager.template acquire<"sessions">();
    EXPECT_EQ(code_of(manager.template try_acquire<"sessions">()), errc::timed_out) << "acquire_timeout stays zero";
    only.discard();
    manager.maintain();
    EXPECT_EQ(manager.template status<"sessions">().size, 1U) << "min_size stays one";
}

TYPED_TEST(pool_resize, closes_what_is_free_and_too_many)
{
    auto manager = this->make();
    {
        auto a = manager.template acquire<"sessions">();
        auto b = manager.template acquire<"sessions">();
        auto c = manager.template acquire<"sessions">();
    }
    manager.template resize<"sessions">({.max_size = 1});
    EXPECT_EQ(manager.template status<"sessions">().size, 1U);
    EXPECT_EQ(this->log.destroyed, 2);
}

TYPED_TEST(pool_resize, counts_what_is_still_lent_towards_a_smaller_maximum)
{
    auto manager = this->make();
    auto a = manager.template acquire<"sessions">();
    auto b = manager.template acquire<"sessions">();
    auto c = manager.template acquire<"sessions">();
    a.release();
    b.release();
    manager.template resize<"sessions">({.max_size = 1});
    EXPECT_EQ(manager.template status<"sessions">().size, 1U) << "the lent one";
    EXPECT_EQ(code_of(manager.template try_acquire<"sessions">(0ms)), errc::timed_out);
    c.release();
    EXPECT_TRUE(manager.template try_acquire<"sessions">(0ms));
    EXPECT_LE(manager.template status<"sessions">().size, 1U);
}

TYPED_TEST(pool_resize, to_less_than_are_lent_lets_in_as_many_as_fit_when_they_come_back)
{
    auto manager = this->make();
    auto a = manager.template acquire<"sessions">();
    auto b = manager.template acquire<"sessions">();
    auto c = manager.template acquire<"sessions">();
    manager.template resize<"sessions">({.max_size = 2});
    a.release();
    EXPECT_EQ(manager.template status<"sessions">().size, 2U);
    EXPECT_EQ(code_of(manager.template try_acquire<"sessions">(0ms)), errc::timed_out);
    b.release();
    auto again = manager.template try_acquire<"sessions">(0ms);
    EXPECT_TRUE(again);
    EXPECT_EQ(manager.template status<"sessions">().size, 2U);
    c.release();
    again->release();
    auto d = manager.template try_acquire<"sessions">(0ms);
    auto e = manager.template try_acquire<"sessions">(0ms);
    EXPECT_TRUE(d && e);
    EXPECT_EQ(code_of(manager.template try_acquire<"sessions">(0ms)), errc::timed_out);
}

TYPED_TEST(pool_resize, back_to_more_while_some_are_lent_opens_all_places_again)
{
    auto manager = this->make();
    auto a = manager.template acquire<"sessions">();
    auto b = manager.template acquire<"sessions">();
    auto c = manager.template acquire<"sessions">();
    manager.template resize<"sessions">({.max_size = 1});
    manager.template resize<"sessions">({.max_size = 4});
    EXPECT_TRUE(manager.template try_acquire<"sessions">(0ms));
    a.release();
    auto d = manager.template try_acquire<"sessions">(0ms);
    auto e = manager.template try_acquire<"sessions">(0ms);
    EXPECT_TRUE(d && e);
}

TYPED_TEST(pool_resize, while_all_are_lent_never_underflows)
{
    auto manager = this->make();
    auto a = manager.template acquire<"sessions">();
    auto b = manager.template acquire<"sessions">();
    auto c = manager.template acquire<"sessions">();
    auto d = manager.template acquire<"sessions">();
    manager.template resize<"sessions">({.max_size = 1});
    auto status = manager.template status<"sessions">();
    EXPECT_EQ(status.active, 4U);
    EXPECT_EQ(status.size, 4U);
    EXPECT_EQ(status.available, 0U);
    EXPECT_EQ(status.capacity, 1U);
    EXPECT_EQ(code_of(manager.template try_acquire<"sessions">(0ms)), errc::timed_out);
    a.release();
    b.release();
    c.release();
    d.release();
    status = manager.template status<"sessions">();
    EXPECT_EQ(status.active, 0U);
    EXPECT_LE(status.size, 1U);
    EXPECT_LE(status.available, 1U);
    EXPECT_GE(this->log.destroyed, 3);
}

TYPED_TEST(pool_resize, back_to_what_it_was_gives_all_places_back)
{
    auto manager = this->make();
    manager.template resize<"sessions">({.max_size = 1});
    manager.template resize<"sessions">({.max_size = 4});
    auto a = manager.template try_acquire<"sessions">(0ms);
    auto b = manager.template try_acquire<"sessions">(0ms);
    auto c = manager.template try_acquire<"sessions">(0ms);
    auto d = manager.template try_acquire<"sessions">(0ms);
    EXPECT_TRUE(a && b && c && d);
}

TYPED_TEST(pool_resize, that_cannot_work_is_refused_and_changes_nothing)
{
    auto manager = this->make({.min_size = 2, .max_size = 3});
    EXPECT_THROW(manager.template resize<"sessions">({.max_size = 0}), steward::configuration_error);
    EXPECT_THROW(manager.template resize<"sessions">({.max_size = 1}), steward::configuration_error);
    EXPECT_THROW(manager.template resize<"sessions">({.max_size = 1000}), steward::configuration_error);
    EXPECT_THROW(manager.template resize<"sessions">({.min_size = 4}), steward::configuration_error);
    EXPECT_THROW(manager.template resize<"sessions">({.idle_timeout = -1s}), steward::configuration_error);
    EXPECT_EQ(manager.template status<"sessions">().capacity, 3U);
}

TYPED_TEST(pool_resize, while_suspended_counts_once_resumed)
{
    auto manager = this->make();
    {
        auto a = manager.template acquire<"sessions">();
        auto b = manager.template acquire<"sessions">();
    }
    manager.template suspend<"sessions">();
    manager.template resize<"sessions">({.max_size = 1});
    manager.template resume<"sessions">();
    auto only = manager.template try_acquire<"sessions">(0ms);
    EXPECT_TRUE(only);
    EXPECT_EQ(code_of(manager.template try_acquire<"sessions">(0ms)), errc::timed_out);
    EXPECT_EQ(this->log.live(), 1);
}

} // namespace
