// SPDX-License-Identifier: BSL-1.0
#include "support/pool_fixture.hpp"

#include <vector>

using namespace steward::test;
using steward::errc;

namespace {

template <class B>
using pool_acquire = pool_fixture<B>;
TYPED_TEST_SUITE(pool_acquire, on_any_threads, policy_names);

TYPED_TEST(pool_acquire, creates_at_once_below_max_size)
{
    auto manager = this->make({.max_size = 2});
    auto first = manager.template try_acquire<"sessions">(0ms);
    auto second = manager.template try_acquire<"sessions">(0ms);
    ASSERT_TRUE(first && second);
    EXPECT_NE((*first)->number, (*second)->number);
    EXPECT_EQ(this->log.created, 2);
}

TYPED_TEST(pool_acquire, creates_nothing_before_somebody_asks)
{
    auto manager = this->make();
    EXPECT_EQ(this->log.created, 0);
    EXPECT_EQ(manager.template status<"sessions">().size, 0U);
}

TYPED_TEST(pool_acquire, prefers_an_idle_resource_to_a_new_one)
{
    auto manager = this->make();
    auto first = manager.template acquire<"sessions">();
    auto second = manager.template acquire<"sessions">();
    const int idle = second->number;
    second.release();
    for (int i = 0; i != 3; ++i)
        EXPECT_EQ(manager.template acquire<"sessions">()->number, idle);
    EXPECT_EQ(this->log.created, 2);
}

TYPED_TEST(pool_acquire, lends_a_resource_to_one_holder_at_a_time)
{
    auto manager = this->make();
    std::vector<typename std::remove_reference_t<decltype(manager)>::template lease_type<"sessions">> leases;
    for (int i = 0; i != 4; ++i)
        leases.push_back(manager.template acquire<"sessions">());
    for (std::size_t i = 0; i != leases.size(); ++i)
        for (std::size_t j = 0; j != i; ++j)
            EXPECT_NE(leases[i].get(), leases[j].get());
}

TYPED_TEST(pool_acquire, never_waits_with_a_time_out_of_zero)
{
    auto manager = this->make({.max_size = 1});
    auto only = manager.template acquire<"sessions">();
    EXPECT_EQ(code_of(manager.template try_acquire<"sessions">(0ms)), errc::timed_out);
    EXPECT_EQ(this->log.created, 1);
}

TYPED_TEST(pool_acquire, takes_the_resources_own_time_out_if_none_is_given)
{
    auto manager = this->make({.max_size = 1, .acquire_timeout = 0ms});
    auto only = manager.template acquire<"sessions">();
    EXPECT_EQ(code_of(manager.template try_acquire<"sessions">()), errc::timed_out);
    EXPECT_THROW((void)manager.template acquire<"sessions">(), steward::resource_error);
}

TYPED_TEST(pool_acquire, takes_a_deadline_that_has_passed_for_a_time_out_of_zero)
{
    auto manager = this->make({.max_size = 1});
    auto only = manager.template try_acquire<"sessions">(steward::clock::now() - 1s);
    ASSERT_TRUE(only);
    EXPECT_EQ(code_of(manager.template try_acquire<"sessions">(steward::clock::now() - 1s)), errc::timed_out);
}

TYPED_TEST(pool_acquire, refuses_a_negative_time_out_before_creating)
{
    auto manager = this->make();
    EXPECT_EQ(code_of(manager.template try_acquire<"sessions">(-1ms)), errc::configuration);
    EXPECT_EQ(this->log.created, 0);
}

TYPED_TEST(pool_acquire, refuses_a_negative_time_out_while_one_is_idle)
{
    auto manager = this->make();
    manager.template acquire<"sessions">().release();
    EXPECT_EQ(code_of(manager.template try_acquire<"sessions">(-1ms)), errc::configuration);
    EXPECT_THROW(static_cast<void>(manager.template acquire<"sessions">(-1ms)), steward::resource_error);
    auto owner = manager.owner("test", 1);
    EXPECT_FALSE(owner.template try_acquire<"sessions">(-1ms));
    EXPECT_THROW(static_cast<void>(owner.template acquire_all<steward::needs<"sessions">>(-1ms)),
                 steward::resource_error);
}

TYPED_TEST(pool_acquire, refuses_a_negative_time_out_when_exhausted)
{
    auto manager = this->make({.max_size = 1});
    auto only = manager.template acquire<"sessions">();
    const auto refused = manager.template try_acquire<"sessions">(-1ms);
    EXPECT_EQ(code_of(refused), errc::configuration);
    EXPECT_TRUE(contains(refused.error().what(), "expected a time-out of zero or more, got -1 ms"));
}

TYPED_TEST(pool_acquire, takes_the_longest_duration_for_as_long_as_it_takes)
{
    auto manager = this->make();
    EXPECT_TRUE(manager.template try_acquire<"sessions">(std::chrono::hours::max()));
    EXPECT_TRUE(manager.template try_acquire<"sessions">(steward::duration::max()));
    EXPECT_TRUE(manager.template try_acquire<"sessions">(steward::time_point::max()));
}

TYPED_TEST(pool_acquire, says_what_failed_in_its_exception)
{
    auto manager = this->make({.max_size = 1, .acquire_timeout = 0ms});
    auto only = manager.template acquire<"sessions">();
    try {
        (void)manager.template acquire<"sessions">();
        FAIL();
    } catch (const steward::resource_error& error) {
        EXPECT_EQ(error.resource(), "sessions");
        EXPECT_EQ(error.operation(), steward::operation::acquire);
        EXPECT_EQ(error.code(), errc::timed_out);
        EXPECT_TRUE(contains(error.what(), "for one of 1, all of them lent"));
    }
}

TYPED_TEST(pool_acquire, names_the_holders_in_a_time_out)
{
    auto manager = this->make({.max_size = 1});
    auto owner = manager.owner("load", 7);
    owner.template acquire<"sessions">();
    const auto refused = manager.template try_acquire<"sessions">(0ms);
    ASSERT_FALSE(refused);
    EXPECT_TRUE(contains(refused.error().what(), "held by load_7"));
}

} // namespace
