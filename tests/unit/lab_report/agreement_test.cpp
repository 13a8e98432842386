// SPDX-License-Identifier: BSL-1.0
#include "unit/lab_report/some_results.hpp"

#include "agreement.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

using steward::test::read_some_results;
using steward::test::some_results_with;
using testing::HasSubstr;

namespace {

constexpr const char* counters_of_mutex = "8e7, 8.1e7, 7.9e7, 8.2e7, 7.8e7";

/// A run in which one of five combinations is as fast as said.
lab::agreement with_a_run_of(const char* counters)
{
    const std::string text = some_results_with(counters_of_mutex, counters);
    return lab::agreement_of(read_some_results(), lab::read_results(text, "other.json"));
}

TEST(agreement, of_a_run_with_itself_is_whole)
{
    const lab::agreement found = with_a_run_of(counters_of_mutex);
    EXPECT_TRUE(found.agrees());
    EXPECT_EQ(found.differ, 9) << "all pairs but one";
    EXPECT_EQ(found.told_apart, 9);
    EXPECT_EQ(found.otherwise, 0);
}

TEST(agreement, does_not_ask_for_an_order_of_those_who_are_close)
{
    const lab::agreement found = with_a_run_of("1.03e8, 1.04e8, 1.05e8, 1.06e8, 1.07e8");
    EXPECT_TRUE(found.agrees());
    EXPECT_EQ(found.differ, 8) << "80 to 100, then 105 to 100: both runs together it is 8 %";
}

TEST(agreement, is_not_broken_where_one_run_cannot_tell)
{
    const lab::agreement found = with_a_run_of("2e8, 1.9e8, 1e7, 1.2e7, 8e7");
    EXPECT_TRUE(found.agrees());
    EXPECT_EQ(found.otherwise, 0);
    EXPECT_LT(found.told_apart, found.differ);
}

TEST(agreement, is_broken_where_the_other_one_is_first)
{
    const lab::agreement found = with_a_run_of("4e8, 4.1e8, 3.9e8, 4.2e8, 3.8e8");
    EXPECT_FALSE(found.agrees());
    EXPECT_EQ(found.otherwise, 3) << "it was behind three others";
    EXPECT_THAT(found.text, HasSubstr("    mutex,counters : spin,none: 0.40, then 2.00\n"));
}

} // namespace
