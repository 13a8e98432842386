// SPDX-License-Identifier: BSL-1.0
#include <steward/format.hpp>

#include <gtest/gtest.h>

#include <chrono>

namespace {

using namespace std::chrono_literals;

TEST(format_metrics, prints_what_was_counted_on_one_line)
{
    const steward::metrics_snapshot snapshot{.acquisitions = 4,
                                             .releases = 2,
                                             .failures = 1,
                                             .timeouts = 3,
                                             .creations = 5,
                                             .retirements = 6,
                                             .active = 2,
                                             .size = 3,
                                             .available = 1};
    EXPECT_EQ(fmt::format("{}", snapshot), "acquisitions 4, releases 2, failures 1, time-outs 3, creations 5, "
                                           "retirements 6, active 2, size 3, available 1");
}

TEST(format_metrics, leaves_out_what_a_policy_does_not_count)
{
    EXPECT_EQ(fmt::format("{}", steward::metrics_snapshot{.peak = 2, .active = 1}), "peak 2, active 1");
}

TEST(format_metrics, prints_what_an_adapter_counts)
{
    steward::metrics_snapshot snapshot{.acquisitions = 4};
    snapshot.add("tokens", 1'234'567);
    snapshot.add("errors", 0);
    snapshot.add("cost", 0.0125);
    EXPECT_EQ(fmt::format("{}", snapshot), "acquisitions 4, tokens 1234567, cost 0.0125");
}

TEST(format_metrics, says_so_when_there_is_nothing)
{
    EXPECT_EQ(fmt::format("{}", steward::metrics_snapshot{}), "nothing yet");
}

TEST(format_metrics, prints_times_in_readable_units)
{
    const steward::metrics_snapshot snapshot{.acquisitions = 4,
                                             .hold_time = {.count = 2, .total = 3ms, .max = 2ms},
                                             .acquire_time = {.count = 1, .total = 12us, .max = 12us}};
    EXPECT_EQ(fmt::format("{}", snapshot), "acquisitions 4, held for 1.50 ms on average, 2.00 ms at most, "
                                           "slow acquisitions took 12.0 µs on average, 12.0 µs at most");
}

} // namespace
