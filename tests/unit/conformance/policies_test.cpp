// SPDX-License-Identifier: BSL-1.0
#include "support/pool_combinations.hpp"

#include <steward/testing.hpp>

#include <gtest/gtest.h>

namespace {

using namespace steward;
using namespace steward::literals;

template <class Policy>
class every_policy : public ::testing::Test {};
using all_policies = steward::test::pool_combinations<
    locking::none, locking::mutex, locking::spin, locking::lock_free, locking::biased, locking::biased_after<1>,
    waiting::overtaking<>, waiting::first_come, waiting::spinning, pooling::bounded<0, 4>, pooling::bounded<2, 3>,
    pooling::bounded<0, 70>, pooling::bounded<0, 4, unwinding::discarded>, pooling::arena<4>, pooling::shared,
    pooling::transient, health::none, health::on_borrow<>, health::on_borrow<500_ms>, health::on_return,
    health::periodic, health::passive<>, health::circuit_breaker<>,
    health::all<health::on_borrow<>, health::circuit_breaker<100>>, metrics::none, metrics::counters,
    metrics::sampled<4>, metrics::timed, metrics::histogram, metrics::all<metrics::counters, metrics::histogram>,
    metrics::peak, metrics::all<metrics::counters, metrics::peak>, ownership::none, ownership::tracked,
    ownership::traced<>>;
TYPED_TEST_SUITE(every_policy, all_policies);

TYPED_TEST(every_policy, conforms)
{
    const steward::testing::conformance found = steward::testing::check_policy<TypeParam>();
    EXPECT_TRUE(found) << found.text();
}

/// Counts leases twice.
struct double_counters : metrics::policy {
    struct per_slot {
        holder_counter acquired;
    };
    static void on_acquired(auto&, per_slot& slot, const acquired_event&) noexcept { slot.acquired.add(2); }
    static void report(const per_slot& slot, metrics_snapshot& out) noexcept
    {
        out.acquisitions += slot.acquired.value();
    }
};
/// Forgets to forget.
struct sticky_owners : ownership::tracked {
    static void on_released(per_slot&) noexcept {}
};

TEST(a_policy_that_does_not_conform, is_found_by_what_it_counts)
{
    const steward::testing::conformance found = steward::testing::check_policy<double_counters>();
    ASSERT_FALSE(found);
    EXPECT_EQ(found.broken_rules().front(), "each lease is counted once");
}

TEST(a_policy_that_does_not_conform, is_found_by_whom_it_names)
{
    const steward::testing::conformance found = steward::testing::check_policy<sticky_owners>();
    ASSERT_FALSE(found);
    EXPECT_EQ(found.broken_rules().back(), "who has given it back is named no more");
}

} // namespace
