// SPDX-License-Identifier: BSL-1.0
#include "unit/lab_report/some_results.hpp"

#include "axis_costs.hpp"
#include "comparison.hpp"
#include "csv.hpp"
#include "pages.hpp"
#include "ranking.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstddef>
#include <string>

using steward::test::read_some_results;
using steward::test::some_results_with;
using testing::HasSubstr;
using testing::Not;

namespace {

const lab::configuration alone{"hot_loop", 1, 1};

TEST(ranking, goes_by_the_median_rate)
{
    const auto results = read_some_results();
    const auto order = lab::ranking(results, alone);
    ASSERT_EQ(order.size(), 5U);
    EXPECT_EQ(order[0].of->subject, "spin,none");
    EXPECT_EQ(order[1].of->subject, "spin,counters");
    EXPECT_EQ(order[4].of->subject, "HikariCP");
    EXPECT_EQ(order[4].rank, 5);
    EXPECT_DOUBLE_EQ(order[0].spread, 0.005);
}

TEST(ranking, says_which_ranks_the_repetitions_leave_open)
{
    const auto results = read_some_results();
    const auto order = lab::ranking(results, alone);
    ASSERT_EQ(order.size(), 5U);
    for (std::size_t i = 0; i != 2; ++i) {
        EXPECT_EQ(order[i].best_rank, 1);
        EXPECT_EQ(order[i].worst_rank, 2);
    }
    EXPECT_EQ(order[2].best_rank, 3);
    EXPECT_EQ(order[2].worst_rank, 3);
}

TEST(axis_costs, are_over_none_where_the_axis_has_it_and_else_over_the_cheapest)
{
    const auto costs = lab::axis_costs(read_some_results(), alone);
    ASSERT_EQ(costs.size(), 2U);
    EXPECT_EQ(costs[0].axis, "locking");
    EXPECT_EQ(costs[0].over, "spin");
    EXPECT_EQ(costs[0].policies[0].policy, "mutex");
    EXPECT_EQ(costs[1].axis, "metrics");
    EXPECT_EQ(costs[1].over, "none");
    const auto& counters = costs[1].policies[0];
    EXPECT_EQ(counters.pairs, 2);
    EXPECT_EQ(counters.bytes, 32);
    EXPECT_NEAR(counters.ns, (2.5 + (1e9 / 1.995e8 - 5)) / 2, 1e-9);
    EXPECT_NEAR(counters.exchanges, counters.ns / 5, 1e-9);
}

TEST(comparison, marks_what_changed_beyond_noise)
{
    const auto after = lab::read_results(
        some_results_with("[2e8, 2.01e8, 1.99e8, 2.02e8, 1.98e8]", "[1e8, 1.01e8, 0.99e8, 1.02e8, 0.98e8]"), "after");
    const auto found = lab::compare(read_some_results(), after);
    EXPECT_EQ(found.changes.size(), 5U + 4U + 1U); // rates, exchanges, the peer's p99
    for (const auto& change : found.changes)
        if (change.subject == "spin,none") {
            EXPECT_EQ(change.seen, lab::change::verdict::changed);
            EXPECT_FALSE(change.is_better());
            EXPECT_NEAR(change.ratio, change.measure.more_is_better ? 0.5 : 2, 1e-9);
        } else {
            EXPECT_EQ(change.seen, lab::change::verdict::noise) << change.subject;
        }
}

TEST(comparison, says_perhaps_where_one_of_many_looks_changed)
{
    // p is 0.016: remarkable alone, not among five.
    const auto after = lab::read_results(
        some_results_with("[2e8, 2.01e8, 1.99e8, 2.02e8, 1.98e8]", "[1.9e8, 1.91e8, 1.985e8, 1.92e8, 1.93e8]"),
        "after");
    const auto found = lab::compare(read_some_results(), after);
    const auto change = std::ranges::find(found.changes, "spin,none", &lab::change::subject);
    EXPECT_EQ(change->seen, lab::change::verdict::perhaps) << change->p;
}

TEST(comparison, names_what_only_one_of_both_has)
{
    const auto after = lab::read_results(some_results_with("\"subject\": \"spin,none\", \"workload\": \"hot_loop\"",
                                                           "\"subject\": \"spin,none\", \"workload\": \"bursts\""),
                                         "after");
    const auto found = lab::compare(read_some_results(), after);
    EXPECT_THAT(found.only_before, testing::ElementsAre("spin,none: hot_loop, 1 on 1"));
    EXPECT_THAT(found.only_after, testing::ElementsAre("spin,none: bursts, 1 on 1"));
}

TEST(csv, has_one_line_a_result_and_one_a_missing_subject)
{
    const std::string csv = lab::csv_of(read_some_results());
    EXPECT_EQ(std::count(csv.begin(), csv.end(), '\n'), 1 + 5 + 1);
    EXPECT_THAT(
        csv, testing::StartsWith("subject,kind,version,missing,locking,metrics,bytes_per_slot,workload,threads,slots,"
                                 "repetitions,leases_per_s,leases_per_s_q25,leases_per_s_q75,"));
    EXPECT_THAT(csv, HasSubstr("\"mutex,none\",steward,,,mutex,none,64,hot_loop,1,1,5,1e+08,9.9e+07,1.01e+08,"));
    EXPECT_THAT(csv, HasSubstr("puddle,peer,,go is not installed,,,"));
}

TEST(pages, hold_all_that_they_need)
{
    const auto results = read_some_results();
    for (const std::string& page : {lab::report_page(results), lab::comparison_page(results, results)}) {
        EXPECT_THAT(page, Not(HasSubstr("{{")));
        EXPECT_THAT(page, Not(HasSubstr("src=")));
        EXPECT_THAT(page, Not(HasSubstr("<link rel=\"stylesheet\"")));
        EXPECT_THAT(page, HasSubstr("<html lang=\"en\">"));
        EXPECT_THAT(page, HasSubstr("prefers-color-scheme: dark"));
    }
}

TEST(pages, do_not_let_a_name_become_markup)
{
    const auto results =
        lab::read_results(some_results_with("\"system\": \"s\"", "\"system\": \"</script><b>{{data}}\""), "x");
    const std::string page = lab::report_page(results);
    EXPECT_THAT(page, HasSubstr("\"system\":\"\\u003c/script>\\u003cb>{{data}}\""));
}

} // namespace
