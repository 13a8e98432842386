// SPDX-License-Identifier: BSL-1.0
#include "statistics.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <vector>

namespace {

using numbers = std::vector<double>;
using testing::ElementsAre;

TEST(median, is_the_middle_or_the_mean_of_the_two_in_the_middle)
{
    EXPECT_EQ(lab::median(numbers{3, 1, 2}), 2);
    EXPECT_EQ(lab::median(numbers{4, 1, 3, 2}), 2.5);
    EXPECT_EQ(lab::median(numbers{7}), 7);
    EXPECT_TRUE(std::isnan(lab::median(numbers{})));
}

TEST(quantile, lies_between_its_neighbours)
{
    EXPECT_EQ(lab::quantile(numbers{10, 20, 30, 40, 50}, 0.25), 20);
    EXPECT_EQ(lab::quantile(numbers{10, 20}, 0.25), 12.5);
    EXPECT_EQ(lab::quantile(numbers{10, 20}, 1), 20);
}

TEST(mann_whitney, counts_all_orders_of_few_values_without_ties)
{
    const auto apart = lab::mann_whitney(numbers{1, 2, 3, 4, 5}, numbers{6, 7, 8, 9, 10});
    EXPECT_TRUE(apart.exact);
    EXPECT_EQ(apart.u, 25);
    EXPECT_DOUBLE_EQ(apart.p, 2.0 / 252); // one order of 10! / (5! 5!), on both sides
    const auto mixed = lab::mann_whitney(numbers{1, 4, 5}, numbers{2, 3, 6});
    EXPECT_EQ(mixed.u, 5);
    EXPECT_DOUBLE_EQ(mixed.p, 1);
    EXPECT_DOUBLE_EQ(lab::mann_whitney(numbers{1, 2, 4}, numbers{3, 5, 6}).p, 0.2 * 2 / 2);
}

TEST(mann_whitney, is_the_same_from_both_sides)
{
    const numbers a{1.1, 2.5, 3.3, 9};
    const numbers b{2, 4, 5, 8, 10, 11};
    EXPECT_DOUBLE_EQ(lab::mann_whitney(a, b).p, lab::mann_whitney(b, a).p);
    EXPECT_EQ(lab::mann_whitney(a, b).u + lab::mann_whitney(b, a).u, 24);
}

TEST(mann_whitney, corrects_for_ties)
{
    // By hand: ranks of b are 2.5, 5, 7, 8; U = 12.5; ties 2 and 3 values: variance 16 / 12 * (9 - 30 / 56).
    const auto tied = lab::mann_whitney(numbers{1, 2, 3, 3}, numbers{2, 3, 4, 5});
    EXPECT_FALSE(tied.exact);
    EXPECT_EQ(tied.u, 12.5);
    EXPECT_NEAR(tied.p, std::erfc(4 / std::sqrt(2 * 16.0 / 12 * (9 - 30.0 / 56))), 1e-12);
}

TEST(mann_whitney, sees_nothing_where_all_are_equal_or_there_are_none)
{
    EXPECT_EQ(lab::mann_whitney(numbers{2, 2, 2}, numbers{2, 2}).p, 1);
    EXPECT_EQ(lab::mann_whitney(numbers{}, numbers{1}).p, 1);
}

TEST(mann_whitney, approximates_well_where_it_does_not_count)
{
    numbers a;
    numbers b;
    for (int i = 0; i != 20; ++i) {
        a.push_back(i);
        b.push_back(i + 5.5);
    }
    const double exact = lab::mann_whitney(a, b).p;
    a.push_back(10.1); // one more than are counted
    b.push_back(10.2);
    EXPECT_NEAR(lab::mann_whitney(a, b).p, exact, 0.02);
}

TEST(smallest_p, is_what_values_give_that_lie_wholly_apart)
{
    EXPECT_DOUBLE_EQ(lab::smallest_p(3, 3), 0.1);
    EXPECT_DOUBLE_EQ(lab::smallest_p(5, 5), 2.0 / 252);
    EXPECT_LT(lab::smallest_p(25, 25), 1e-8);
}

TEST(ratio_interval, holds_the_ratio_and_is_the_same_each_time)
{
    const numbers a{98, 99, 100, 101, 102};
    const numbers b{196, 199, 200, 201, 204};
    const auto found = lab::ratio_interval(a, b);
    EXPECT_LT(found.low, 2);
    EXPECT_GT(found.high, 2);
    EXPECT_GE(found.low, 196.0 / 102);
    EXPECT_LE(found.high, 204.0 / 98);
    EXPECT_EQ(found.low, lab::ratio_interval(a, b).low);
}

TEST(ratio_interval, of_nothing_to_nothing_is_no_change)
{
    const auto found = lab::ratio_interval(numbers{0, 0, 0}, numbers{0, 0, 0});
    EXPECT_EQ(found.low, 1);
    EXPECT_EQ(found.high, 1);
}

TEST(discoveries, are_fewer_the_more_was_looked_at)
{
    // The example of Benjamini and Hochberg (1995): of fifteen the first four.
    const numbers p{0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344,
                    0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.000};
    const auto kept = lab::discoveries(p, 0.05);
    EXPECT_EQ(std::count(kept.begin(), kept.end(), true), 4);
    EXPECT_TRUE(kept[3]);
    EXPECT_THAT(lab::discoveries(numbers{0.04}, 0.05), ElementsAre(true));
    EXPECT_THAT(lab::discoveries(numbers{0.04, 0.9}, 0.05), ElementsAre(false, false));
}

} // namespace
