// SPDX-License-Identifier: BSL-1.0
// When requests may be sent, on a clock of the test.
#include "rate_limits.hpp"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

using steward::time_point;
using steward::adapters::detail::rate_limits;
using namespace std::chrono_literals;

namespace {

class llm_rate_limits : public testing::Test {
protected:
    /// How long a request of so many tokens has to wait; it is booked.
    steward::duration wait(rate_limits& limits, double tokens = 0) const
    {
        const auto turn = limits.book(tokens, now, time_point::max());
        EXPECT_TRUE(turn.booked);
        return std::chrono::round<std::chrono::milliseconds>(turn.wait);
    }

    time_point now = steward::clock::now();
};

TEST_F(llm_rate_limits, that_are_not_given_limit_nothing)
{
    rate_limits limits{{}, {}};
    for (int i = 0; i != 1'000; ++i)
        EXPECT_EQ(wait(limits, 1e9), 0s);
}

TEST_F(llm_rate_limits, allow_a_minutes_worth_at_once_and_then_as_many_as_a_minute_has)
{
    rate_limits limits{6, {}};
    for (int i = 0; i != 6; ++i)
        EXPECT_EQ(wait(limits), 0s);
    EXPECT_EQ(wait(limits), 10s);
    EXPECT_EQ(wait(limits), 20s); // first come, first served
    now += 15s;
    EXPECT_EQ(wait(limits), 15s);
    now += 1h;
    for (int i = 0; i != 6; ++i) // what was not used in that time is no more than a minute's worth
        EXPECT_EQ(wait(limits), 0s);
    EXPECT_EQ(wait(limits), 10s);
}

TEST_F(llm_rate_limits, count_tokens)
{
    rate_limits limits{{}, 600};
    EXPECT_EQ(wait(limits, 500), 0s);
    EXPECT_EQ(wait(limits, 200), 10s);
    now += 20s;
    EXPECT_EQ(wait(limits, 100), 0s);
}

TEST_F(llm_rate_limits, are_corrected_by_what_a_request_took)
{
    rate_limits limits{{}, 600};
    EXPECT_EQ(wait(limits, 600), 0s);
    limits.correct(-500); // it was less
    EXPECT_EQ(wait(limits, 500), 0s);
    limits.correct(100); // it was more
    EXPECT_EQ(wait(limits, 100), 20s);
}

TEST_F(llm_rate_limits, let_pass_alone_what_is_larger_than_a_minutes_worth)
{
    rate_limits limits{{}, 600};
    EXPECT_EQ(wait(limits, 1'200), 0s);
    EXPECT_EQ(wait(limits, 1), 60s + 100ms); // until that is made up for
}

TEST_F(llm_rate_limits, book_nothing_that_would_come_too_late)
{
    rate_limits limits{6, 600};
    for (int i = 0; i != 6; ++i)
        EXPECT_EQ(wait(limits, 10), 0s);
    for (int i = 0; i != 3; ++i) {
        const auto turn = limits.book(10, now, now + 5s);
        EXPECT_FALSE(turn.booked);
        EXPECT_EQ(std::chrono::round<std::chrono::milliseconds>(turn.wait), 10s);
        EXPECT_EQ(turn.because, "requests_per_minute");
    }
    EXPECT_EQ(wait(limits, 540), 10s); // of neither is anything gone
    EXPECT_EQ(limits.book(600, now, now + 5s).because, "tokens_per_minute");
}

TEST_F(llm_rate_limits, hold_all_back_as_long_as_the_provider_wants)
{
    rate_limits limits{{}, {}};
    limits.hold_back(now + 30s);
    limits.hold_back(now + 20s); // not sooner
    EXPECT_EQ(wait(limits), 30s);
    const auto turn = limits.book(1, now, now + 10s);
    EXPECT_FALSE(turn.booked);
    EXPECT_EQ(turn.because, "the provider");
    EXPECT_EQ(limits.held_back(now + 10s), 20s);
    now += 30s;
    EXPECT_EQ(wait(limits), 0s);
    EXPECT_EQ(limits.held_back(now), 0s);
}

TEST_F(llm_rate_limits, are_the_same_for_all_threads)
{
    rate_limits limits{10, {}};
    std::atomic<int> at_once{0};
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i != 4; ++i)
            threads.emplace_back([&] {
                for (int k = 0; k != 10; ++k)
                    at_once += limits.book(1, now, now).booked ? 1 : 0;
            });
    }
    EXPECT_EQ(at_once, 10);
}

} // namespace
