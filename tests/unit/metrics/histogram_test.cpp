// SPDX-License-Identifier: BSL-1.0
#include "support/pool_fixture.hpp"

#include <cstdint>
#include <thread>
#include <vector>

using namespace steward::test;
using std::chrono::nanoseconds;
using steward::duration_summary;
using steward::time_histogram;

namespace histogram_test {

time_histogram histogram_of(const std::vector<nanoseconds>& times)
{
    steward::detail::shared_time_histogram counted;
    for (const nanoseconds each : times)
        counted.add(each);
    return time_histogram{counted};
}

TEST(time_histogram, is_empty_unless_something_counted)
{
    const time_histogram nothing;
    EXPECT_TRUE(nothing.empty());
    EXPECT_EQ(nothing.count(), 0U);
    EXPECT_EQ(nothing.percentile(0.5), 0ns);
}

TEST(time_histogram, without_times_has_percentiles_of_zero)
{
    const auto none = histogram_of({});
    EXPECT_EQ(none.count(), 0U);
    for (const double share : {0.0, 0.5, 1.0})
        EXPECT_EQ(none.percentile(share), 0ns);
}

TEST(time_histogram, knows_each_time_to_within_three_percent)
{
    for (std::int64_t n = 1; n < nanoseconds{70min}.count(); n += n / 7 + 1) {
        const auto known = histogram_of({nanoseconds{n}}).percentile(1).count();
        const auto off = known < n ? n - known : known - n;
        EXPECT_LE(static_cast<double>(off), 0.03 * static_cast<double>(n)) << n;
    }
}

TEST(time_histogram, knows_times_at_the_edges_of_its_buckets_to_within_three_percent)
{
    for (int power = 0; power != 42; ++power)
        for (const std::int64_t n :
             {(std::int64_t{1} << power) - 1, std::int64_t{1} << power, (std::int64_t{1} << power) + 1}) {
            const auto known = histogram_of({nanoseconds{n}}).percentile(1).count();
            const auto off = known < n ? n - known : known - n;
            EXPECT_LE(static_cast<double>(off), 0.03 * static_cast<double>(n)) << n;
        }
}

TEST(time_histogram, knows_times_below_thirty_two_nanoseconds_exactly)
{
    for (int n = 0; n != 32; ++n)
        EXPECT_EQ(histogram_of({nanoseconds{n}}).percentile(1), nanoseconds{n});
}

TEST(time_histogram, counts_what_is_longer_than_its_range)
{
    const auto long_ones = histogram_of({24h, nanoseconds::max()});
    EXPECT_EQ(long_ones.count(), 2U);
    EXPECT_GE(long_ones.percentile(1), 70min);
}

TEST(time_histogram, counts_a_negative_time_as_none)
{
    EXPECT_EQ(histogram_of({-1ns}).percentile(1), 0ns);
    EXPECT_EQ(histogram_of({-1ns}).count(), 1U);
}

TEST(time_histogram, orders_percentiles)
{
    std::vector<nanoseconds> times;
    for (int i = 1; i <= 100; ++i)
        times.push_back(nanoseconds{i * 1'000});
    const auto spread = histogram_of(times);
    EXPECT_NEAR(static_cast<double>(spread.percentile(0).count()), 1'000, 30);
    EXPECT_NEAR(static_cast<double>(spread.percentile(0.01).count()), 1'000, 30);
    EXPECT_NEAR(static_cast<double>(spread.percentile(0.5).count()), 50'000, 1'500);
    EXPECT_NEAR(static_cast<double>(spread.percentile(0.99).count()), 99'000, 2'970);
    EXPECT_NEAR(static_cast<double>(spread.percentile(1).count()), 100'000, 3'000);
}

TEST(time_histogram, takes_a_share_beyond_the_ends_for_the_end)
{
    const auto spread = histogram_of({10ns, 20ns});
    EXPECT_EQ(spread.percentile(-1), 10ns);
    EXPECT_EQ(spread.percentile(2), 20ns);
}

TEST(time_histogram, adds_up)
{
    auto sum = histogram_of({10ns, 20ns});
    sum.merge(histogram_of({20ns, 30ns}));
    EXPECT_EQ(sum.count(), 4U);
    EXPECT_EQ(sum.percentile(0.25), 10ns);
    EXPECT_EQ(sum.percentile(0.75), 20ns);
    EXPECT_EQ(sum.percentile(1), 30ns);
}

TEST(time_histogram, adds_up_with_none_on_either_side)
{
    time_histogram sum;
    sum.merge(time_histogram{});
    EXPECT_TRUE(sum.empty());
    sum.merge(histogram_of({10ns}));
    sum.merge(time_histogram{});
    EXPECT_EQ(sum.count(), 1U);
}

TEST(duration_summary, never_names_a_percentile_beyond_the_longest)
{
    const duration_summary summary{
        .count = 1, .total = 1'000'001ns, .max = 1'000'001ns, .spread = histogram_of({1'000'001ns})};
    EXPECT_LE(summary.percentile(1), summary.max);
}

TEST(duration_summary, has_no_percentiles_without_a_histogram)
{
    const duration_summary summary{.count = 1, .total = 5ns, .max = 5ns};
    EXPECT_EQ(summary.percentile(0.5), 0ns);
}

TEST(duration_summary, adds_up)
{
    duration_summary sum{.count = 1, .total = 10ns, .max = 10ns, .spread = histogram_of({10ns})};
    sum.merge({.count = 2, .total = 50ns, .max = 30ns, .spread = histogram_of({20ns, 30ns})});
    EXPECT_EQ(sum.count, 3U);
    EXPECT_EQ(sum.total, 60ns);
    EXPECT_EQ(sum.max, 30ns);
    EXPECT_EQ(sum.average(), 20ns);
    EXPECT_EQ(sum.percentile(1), 30ns);
}

using spread_sessions =
    steward::resource<"sessions", session_adapter, steward::pooling::bounded<0, 2>, steward::metrics::histogram>;

TEST(metrics_histogram, times_each_lease_each_create_and_each_acquisition_that_was_delayed)
{
    session_log log;
    steward::manager<spread_sessions> manager{spread_sessions::with(session_adapter::settings{log}),
                                              steward::manual_housekeeping};
    for (int i = 0; i != 10; ++i)
        manager.acquire<"sessions">().release();
    const auto counted = manager.metrics<"sessions">();
    EXPECT_EQ(counted.hold_time.count, 10U);
    EXPECT_EQ(counted.hold_time.spread.count(), 10U);
    EXPECT_EQ(counted.create_time.count, 1U);
    EXPECT_EQ(counted.acquire_time.count, 1U);
    EXPECT_GT(counted.create_time.max, 0ns);
    EXPECT_GE(counted.acquire_time.max, counted.create_time.max);
}

TEST(metrics_histogram, of_leases_that_several_threads_hold_counts_all)
{
    session_log log;
    steward::manager<spread_sessions> manager{spread_sessions::with(session_adapter::settings{log}),
                                              steward::manual_housekeeping};
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t != 4; ++t)
            threads.emplace_back([&] {
                for (int i = 0; i != 500; ++i)
                    manager.acquire<"sessions">().release();
            });
    }
    const auto held = manager.metrics<"sessions">().hold_time;
    EXPECT_EQ(held.count, 2'000U);
    EXPECT_EQ(held.spread.count(), 2'000U);
    EXPECT_LE(held.percentile(0.5), held.percentile(0.99));
    EXPECT_LE(held.percentile(1), held.max);
}

} // namespace histogram_test
