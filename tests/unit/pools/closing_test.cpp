// SPDX-License-Identifier: BSL-1.0
#include "support/pool_fixture.hpp"

#include <vector>

using namespace steward::test;
using steward::errc;
using steward::resource_state;

namespace {

template <class B>
using pool_closing = pool_fixture<B>;
TYPED_TEST_SUITE(pool_closing, on_any_threads, policy_names);

TYPED_TEST(pool_closing, destroys_what_is_free)
{
    auto manager = this->make();
    {
        auto a = manager.template acquire<"sessions">();
        auto b = manager.template acquire<"sessions">();
    }
    manager.close();
    EXPECT_EQ(this->log.destroyed, 2);
    EXPECT_EQ(manager.template status<"sessions">().size, 0U);
    EXPECT_EQ(manager.template status<"sessions">().state, resource_state::closed);
}

TYPED_TEST(pool_closing, leaves_a_loan_to_its_holder_and_destroys_it_once_at_its_return)
{
    auto manager = this->make();
    auto lease = manager.template acquire<"sessions">();
    manager.close();
    EXPECT_EQ(this->log.destroyed, 0);
    EXPECT_EQ(lease->number, 1);
    lease.release();
    EXPECT_EQ(this->log.destroyed, 1);
    manager.close();
    EXPECT_EQ(this->log.destroyed, 1);
}

TYPED_TEST(pool_closing, destroys_a_discarded_loan_once)
{
    auto manager = this->make();
    auto lease = manager.template acquire<"sessions">();
    manager.close();
    lease.discard();
    EXPECT_EQ(this->log.destroyed, 1);
}

TYPED_TEST(pool_closing, refuses_whoever_comes_later)
{
    auto manager = this->make();
    manager.template acquire<"sessions">().release();
    manager.close();
    EXPECT_EQ(code_of(manager.template try_acquire<"sessions">()), errc::closed);
    EXPECT_EQ(code_of(manager.template try_acquire<"sessions">(0ms)), errc::closed);
    EXPECT_THROW((void)manager.template acquire<"sessions">(), steward::resource_error);
    EXPECT_EQ(this->log.created, 1);
}

TYPED_TEST(pool_closing, refuses_while_loans_are_still_out)
{
    auto manager = this->make({.max_size = 1});
    auto lease = manager.template acquire<"sessions">();
    manager.close();
    EXPECT_EQ(code_of(manager.template try_acquire<"sessions">()), errc::closed);
}

TYPED_TEST(pool_closing, twice_is_harmless)
{
    auto manager = this->make();
    manager.template acquire<"sessions">().release();
    manager.close();
    manager.close();
    EXPECT_EQ(this->log.destroyed, 1);
}

TYPED_TEST(pool_closing, creates_nothing_afterwards)
{
    auto manager = this->make({.min_size = 2});
    manager.close();
    manager.maintain(steward::clock::now() + 10s);
    EXPECT_FALSE(manager.template validate<"sessions">());
    manager.template resize<"sessions">({.min_size = 3, .max_size = 4});
    manager.maintain(steward::clock::now() + 20s);
    manager.template resume<"sessions">();
    EXPECT_FALSE(manager.template try_acquire<"sessions">(0ms));
    EXPECT_EQ(this->log.created, 0);
}

TYPED_TEST(pool_closing, wins_over_suspending)
{
    auto manager = this->make();
    manager.close();
    manager.template suspend<"sessions">();
    EXPECT_EQ(manager.template status<"sessions">().state, resource_state::closed);
    EXPECT_EQ(code_of(manager.template try_acquire<"sessions">(0ms)), errc::closed);
}

TYPED_TEST(pool_closing, destroys_what_was_suspended)
{
    auto manager = this->make();
    manager.template acquire<"sessions">().release();
    manager.template suspend<"sessions">();
    manager.close();
    EXPECT_EQ(this->log.destroyed, 1);
}

TYPED_TEST(pool_closing, by_the_managers_end_destroys_everything_once)
{
    {
        auto manager = this->make();
        auto a = manager.template acquire<"sessions">();
        auto b = manager.template acquire<"sessions">();
    }
    EXPECT_EQ(this->log.created, 2);
    EXPECT_EQ(this->log.destroyed, 2);
}

} // namespace
