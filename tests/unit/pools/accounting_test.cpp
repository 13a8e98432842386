// SPDX-License-Identifier: BSL-1.0
#include "support/pool_fixture.hpp"

#include <utility>

using namespace steward::test;
using steward::errc;

namespace {

/// Every way out of an acquisition is recorded exactly once, and what is recorded agrees with the slots.
template <class B>
class pool_accounting : public pool_fixture<B> {
public:
    template <class Manager>
    static steward::metrics_snapshot counted(Manager& manager)
    {
        const auto counts = manager.template metrics<"sessions">();
        const auto status = manager.template status<"sessions">();
        EXPECT_EQ(counts.releases + counts.active, counts.acquisitions);
        EXPECT_EQ(counts.creations - counts.retirements, counts.size);
        EXPECT_EQ(counts.active, status.active);
        EXPECT_EQ(counts.size, status.size);
        EXPECT_EQ(counts.available, status.available);
        return counts;
    }
};
TYPED_TEST_SUITE(pool_accounting, on_any_threads, policy_names);

TYPED_TEST(pool_accounting, begins_at_zero)
{
    auto manager = this->make();
    const auto counts = this->counted(manager);
    EXPECT_EQ(counts.acquisitions + counts.releases + counts.failures + counts.timeouts + counts.creations, 0U);
}

TYPED_TEST(pool_accounting, counts_what_was_created_and_what_was_taken_again)
{
    auto manager = this->make();
    for (int i = 0; i != 3; ++i)
        manager.template acquire<"sessions">().release();
    auto held = manager.template acquire<"sessions">();
    const auto counts = this->counted(manager);
    EXPECT_EQ(counts.acquisitions, 4U);
    EXPECT_EQ(counts.releases, 3U);
    EXPECT_EQ(counts.active, 1U);
    EXPECT_EQ(counts.creations, 1U);
}

TYPED_TEST(pool_accounting, counts_a_time_out_once)
{
    auto manager = this->make({.max_size = 1, .acquire_timeout = 0ms});
    auto held = manager.template acquire<"sessions">();
    EXPECT_FALSE(manager.template try_acquire<"sessions">(0ms));
    EXPECT_THROW((void)manager.template acquire<"sessions">(), steward::resource_error);
    const auto counts = this->counted(manager);
    EXPECT_EQ(counts.timeouts, 2U);
    EXPECT_EQ(counts.failures, 0U);
    EXPECT_EQ(counts.acquisitions, 1U);
}

TYPED_TEST(pool_accounting, counts_a_failure_once)
{
    auto manager = this->make();
    this->log.create_throws = true;
    EXPECT_FALSE(manager.template try_acquire<"sessions">());
    EXPECT_THROW((void)manager.template acquire<"sessions">(), steward::resource_error);
    const auto counts = this->counted(manager);
    EXPECT_EQ(counts.failures, 2U);
    EXPECT_EQ(counts.acquisitions + counts.timeouts + counts.creations, 0U);
}

TYPED_TEST(pool_accounting, counts_a_refused_time_out_as_a_failure)
{
    auto manager = this->make();
    EXPECT_FALSE(manager.template try_acquire<"sessions">(-1s));
    EXPECT_EQ(this->counted(manager).failures, 1U);
}

TYPED_TEST(pool_accounting, counts_what_a_closed_pool_refuses_as_a_failure)
{
    auto manager = this->make();
    manager.close();
    EXPECT_FALSE(manager.template try_acquire<"sessions">());
    const auto counts = this->counted(manager);
    EXPECT_EQ(counts.failures, 1U);
    EXPECT_EQ(counts.timeouts, 0U);
}

TYPED_TEST(pool_accounting, counts_a_replacement_as_one_acquisition)
{
    auto manager = this->template make_with<steward::health::on_borrow<>>();
    manager.template acquire<"sessions">().release();
    this->log.all_invalid = true;
    manager.template acquire<"sessions">().release();
    const auto counts = this->counted(manager);
    EXPECT_EQ(counts.acquisitions, 2U);
    EXPECT_EQ(counts.creations, 2U);
    EXPECT_EQ(counts.retirements, 1U);
}

TYPED_TEST(pool_accounting, counts_a_discarded_lease_as_released)
{
    auto manager = this->make();
    manager.template acquire<"sessions">().discard();
    const auto counts = this->counted(manager);
    EXPECT_EQ(counts.releases, 1U);
    EXPECT_EQ(counts.retirements, 1U);
    EXPECT_EQ(counts.size, 0U);
}

TYPED_TEST(pool_accounting, is_the_same_after_a_lease_was_moved)
{
    auto manager = this->make();
    auto first = manager.template acquire<"sessions">();
    auto second = std::move(first);
    EXPECT_EQ(this->counted(manager).active, 1U);
    second.release();
    EXPECT_EQ(this->counted(manager).releases, 1U);
}

TYPED_TEST(pool_accounting, does_not_count_what_validate_tries)
{
    auto manager = this->make();
    auto held = manager.template acquire<"sessions">();
    const auto before = this->counted(manager);
    EXPECT_TRUE(manager.template validate<"sessions">());
    this->log.all_invalid = true;
    EXPECT_FALSE(manager.template validate<"sessions">());
    this->log.create_throws = true;
    EXPECT_FALSE(manager.template validate<"sessions">());
    const auto after = this->counted(manager);
    EXPECT_EQ(after.acquisitions, before.acquisitions);
    EXPECT_EQ(after.releases, before.releases);
    EXPECT_EQ(after.failures, before.failures);
    EXPECT_EQ(after.timeouts, before.timeouts);
    EXPECT_EQ(after.active, before.active);
}

TYPED_TEST(pool_accounting, adds_up_after_everything_that_can_happen)
{
    auto manager = this->template make_with<steward::health::on_borrow<>>({.max_size = 2});
    for (int i = 0; i != 200; ++i) {
        this->log.create_throws = i % 7 == 0;
        this->log.all_invalid = i % 5 == 0;
        this->log.reset_throws = i % 11 == 0;
        auto first = manager.template try_acquire<"sessions">(0ms);
        auto second = manager.template try_acquire<"sessions">(0ms);
        auto third = manager.template try_acquire<"sessions">(0ms);
        if (first && i % 3 == 0)
            first->discard();
        const auto counts = this->counted(manager);
        EXPECT_EQ(counts.acquisitions + counts.failures + counts.timeouts, 3U * static_cast<unsigned>(i + 1));
        EXPECT_LE(counts.size, 2U);
    }
    EXPECT_EQ(this->counted(manager).active, 0U);
    EXPECT_EQ(static_cast<int>(this->counted(manager).creations), this->log.created);
    EXPECT_EQ(static_cast<int>(this->counted(manager).retirements), this->log.destroyed);
}

} // namespace
