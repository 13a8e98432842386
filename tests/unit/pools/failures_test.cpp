// SPDX-License-Identifier: BSL-1.0
#include "support/pool_fixture.hpp"

using namespace steward::test;
using steward::errc;

namespace {

/// Whatever an adapter's function throws, no slot and no other resource is lost.
template <class B>
class pool_failures : public pool_fixture<B> {
public:
    template <class Manager>
    void expect_four_slots(Manager& manager)
    {
        auto a = manager.template try_acquire<"sessions">(0ms);
        auto b = manager.template try_acquire<"sessions">(0ms);
        auto c = manager.template try_acquire<"sessions">(0ms);
        auto d = manager.template try_acquire<"sessions">(0ms);
        EXPECT_TRUE(a && b && c && d);
        EXPECT_EQ(code_of(manager.template try_acquire<"sessions">(0ms)), errc::timed_out);
        EXPECT_EQ(manager.template status<"sessions">().active, 4U);
        EXPECT_EQ(this->log.live(), 4);
    }
};
TYPED_TEST_SUITE(pool_failures, on_any_threads, policy_names);

TYPED_TEST(pool_failures, of_create_are_the_callers_error_with_their_cause)
{
    auto manager = this->make();
    this->log.create_throws = true;
    const auto failed = manager.template try_acquire<"sessions">();
    ASSERT_EQ(code_of(failed), errc::create_failed);
    EXPECT_TRUE(contains(failed.error().what(), "connection refused"));
    ASSERT_NE(failed.error().cause(), nullptr);
    EXPECT_THROW(std::rethrow_exception(failed.error().cause()), std::runtime_error);
}

TYPED_TEST(pool_failures, of_create_lose_no_slot)
{
    auto manager = this->make();
    this->log.create_throws = true;
    for (int i = 0; i != 10; ++i)
        EXPECT_EQ(code_of(manager.template try_acquire<"sessions">(0ms)), errc::create_failed);
    EXPECT_EQ(manager.template status<"sessions">().size, 0U);
    this->log.create_throws = false;
    this->expect_four_slots(manager);
}

TYPED_TEST(pool_failures, of_create_leave_other_resources_alone)
{
    auto manager = this->make();
    auto mine = manager.template acquire<"sessions">();
    this->log.create_throws = true;
    EXPECT_EQ(code_of(manager.template try_acquire<"sessions">(0ms)), errc::create_failed);
    EXPECT_EQ(mine->number, 1);
    EXPECT_EQ(manager.template status<"sessions">().active, 1U);
    mine.release();
    EXPECT_TRUE(manager.template try_acquire<"sessions">(0ms)) << "the idle one needs no create";
}

TYPED_TEST(pool_failures, of_create_are_the_last_cause_that_a_time_out_names)
{
    auto manager = this->make({.max_size = 2});
    auto mine = manager.template acquire<"sessions">();
    this->log.create_throws = true;
    EXPECT_EQ(code_of(manager.template try_acquire<"sessions">(0ms)), errc::create_failed);
    manager.template resize<"sessions">({.max_size = 1});
    const auto refused = manager.template try_acquire<"sessions">(0ms);
    ASSERT_EQ(code_of(refused), errc::timed_out);
    EXPECT_TRUE(contains(refused.error().what(), "connection refused"));
    EXPECT_EQ(refused.error().cause(), nullptr) << "the exception is for the caller who got it";
}

TYPED_TEST(pool_failures, of_create_are_forgotten_once_creating_succeeds)
{
    auto manager = this->make({.max_size = 1});
    this->log.create_throws = true;
    EXPECT_EQ(code_of(manager.template try_acquire<"sessions">(0ms)), errc::create_failed);
    this->log.create_throws = false;
    auto mine = manager.template acquire<"sessions">();
    const auto refused = manager.template try_acquire<"sessions">(0ms);
    ASSERT_EQ(code_of(refused), errc::timed_out);
    EXPECT_FALSE(contains(refused.error().what(), "connection refused"));
}

TYPED_TEST(pool_failures, of_validate_count_as_invalid)
{
    auto manager = this->template make_with<steward::health::on_borrow<>>({.max_size = 1});
    manager.template acquire<"sessions">().release();
    this->log.validate_throws = true;
    auto replacement = manager.template try_acquire<"sessions">(0ms);
    ASSERT_TRUE(replacement);
    EXPECT_EQ((*replacement)->number, 2);
    EXPECT_EQ(this->log.destroyed, 1);
    EXPECT_EQ(manager.template metrics<"sessions">().acquisitions, 2U);
}

TYPED_TEST(pool_failures, of_validate_on_return_lose_no_slot)
{
    auto manager = this->template make_with<steward::health::on_return>();
    this->log.validate_throws = true;
    for (int i = 0; i != 10; ++i)
        manager.template acquire<"sessions">(0ms).release();
    EXPECT_EQ(this->log.destroyed, 10);
    this->expect_four_slots(manager);
}

TYPED_TEST(pool_failures, of_reset_retire_the_resource)
{
    auto manager = this->make();
    this->log.reset_throws = true;
    for (int i = 0; i != 10; ++i)
        manager.template acquire<"sessions">(0ms).release();
    EXPECT_EQ(this->log.destroyed, 10);
    this->log.reset_throws = false;
    this->expect_four_slots(manager);
}

TYPED_TEST(pool_failures, of_destroy_lose_no_slot)
{
    auto manager = this->make();
    this->log.destroy_throws = true;
    for (int i = 0; i != 10; ++i)
        manager.template acquire<"sessions">(0ms).discard();
    EXPECT_EQ(this->log.destroyed, 10);
    this->expect_four_slots(manager);
}

TYPED_TEST(pool_failures, of_destroy_do_not_stop_closing)
{
    auto manager = this->make();
    {
        auto a = manager.template acquire<"sessions">();
        auto b = manager.template acquire<"sessions">();
    }
    this->log.destroy_throws = true;
    manager.close();
    EXPECT_EQ(this->log.destroyed, 2);
}

TYPED_TEST(pool_failures, in_place_of_an_invalid_resource_are_told_and_lose_no_slot)
{
    auto manager = this->template make_with<steward::health::on_borrow<>>({.max_size = 1});
    manager.template acquire<"sessions">().release();
    this->log.all_invalid = this->log.create_throws = true;
    const auto failed = manager.template try_acquire<"sessions">(0ms);
    ASSERT_EQ(code_of(failed), errc::create_failed);
    EXPECT_TRUE(contains(failed.error().what(), "in place of an invalid one"));
    EXPECT_TRUE(contains(failed.error().what(), "connection refused"));
    this->log.all_invalid = this->log.create_throws = false;
    EXPECT_TRUE(manager.template try_acquire<"sessions">(0ms));
}

TYPED_TEST(pool_failures, of_every_validation_never_block_a_lone_caller)
{
    auto manager = this->template make_with<steward::health::on_borrow<>>();
    {
        auto a = manager.template acquire<"sessions">();
        auto b = manager.template acquire<"sessions">();
    }
    this->log.all_invalid = true;
    for (int i = 0; i != 5; ++i)
        EXPECT_TRUE(manager.template try_acquire<"sessions">(0ms));
    EXPECT_LE(this->log.live(), 4);
}

TYPED_TEST(pool_failures, of_what_is_no_exception_are_failures_too)
{
    auto manager = this->make();
    this->log.while_creating = [] { throw 42; };
    const auto failed = manager.template try_acquire<"sessions">();
    ASSERT_EQ(code_of(failed), errc::create_failed);
    EXPECT_TRUE(contains(failed.error().what(), "an exception that is no std::exception"));
}

} // namespace
