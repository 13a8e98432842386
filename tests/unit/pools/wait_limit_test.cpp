// SPDX-License-Identifier: BSL-1.0
#include <steward/needs.hpp>
#include <steward/wait_limit.hpp>

#include <gtest/gtest.h>

namespace {

using namespace std::chrono_literals;
using steward::required;
using steward::time_point;
using steward::wait_limit;

constexpr time_point call{1h};
constexpr steward::duration standard = 30s;

TEST(wait_limit, without_a_time_is_the_resources_own) { EXPECT_EQ(wait_limit{}.deadline(call, standard), call + 30s); }

TEST(wait_limit, of_a_duration_counts_from_the_call)
{
    EXPECT_EQ(wait_limit{50ms}.deadline(call, standard), call + 50ms);
}

TEST(wait_limit, of_a_time_is_that_time) { EXPECT_EQ(wait_limit{call + 2s}.deadline(call, standard), call + 2s); }

TEST(wait_limit, of_all_time_is_never_over)
{
    EXPECT_EQ(wait_limit{std::chrono::hours::max()}.deadline(call, standard), time_point::max());
}

TEST(wait_limit, of_several_acquisitions_counts_from_the_first)
{
    const wait_limit limit = wait_limit{5s}.since(call);
    EXPECT_EQ(limit.deadline(call, standard), call + 5s);
    EXPECT_EQ(limit.deadline(call + 3s, standard), call + 5s) << "what the first took is not added";
    EXPECT_EQ(wait_limit{}.since(call).deadline(call + 3s, standard), call + 30s);
}

TEST(wait_limit, with_the_time_of_a_need_is_the_shorter_of_both)
{
    const wait_limit limit = wait_limit{5s}.since(call);
    EXPECT_EQ(limit.within(required("a").within(1s)).deadline(call + 3s, standard), call + 4s);
    EXPECT_EQ(limit.within(required("a").within(1h)).deadline(call + 3s, standard), call + 5s);
    EXPECT_EQ(limit.within(required("a").within(0s)).deadline(call + 3s, standard), call + 3s);
    EXPECT_EQ(limit.within(required("a")).deadline(call + 3s, standard), call + 5s);
}

TEST(wait_limit, that_is_negative_says_so)
{
    EXPECT_TRUE(wait_limit{-1ns}.negative());
    EXPECT_FALSE(wait_limit{0ns}.negative());
    EXPECT_FALSE(wait_limit{}.negative());
    EXPECT_FALSE(wait_limit{time_point{}}.negative()) << "a time in the past is no negative duration";
}

} // namespace
