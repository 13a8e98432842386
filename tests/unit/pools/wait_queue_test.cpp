// SPDX-License-Identifier: BSL-1.0
#include <steward/pool/wait_queue.hpp>

#include <gtest/gtest.h>

#include <array>

namespace {

using namespace std::chrono_literals;
using steward::time_point;
using steward::detail::hand_over_pace;
using steward::detail::pending_wake;
using steward::detail::slot_turns;
using steward::detail::wait_queue;
using steward::detail::wait_word;
using steward::detail::waiter;

constexpr time_point start{1h};

/// Two who wait for one slot, the first since `start`; times are made up.
class whose_turn : public testing::Test {
protected:
    whose_turn()
    {
        for (std::size_t i = 0; i != waiting.size(); ++i) {
            waiting[i].since = start + 10us * static_cast<int>(i);
            queue.push(waiting[i], 1);
        }
    }

    /// A slot that was lent before anybody waited, and for long.
    slot_turns cold{};
    /// A slot that was freed a moment ago, too.
    static slot_turns hot(time_point now) { return {.freed = now - 5us}; }

    std::array<waiter, 2> waiting;
    wait_queue queue;
};

TEST_F(whose_turn, is_a_newcomers_until_the_oldest_has_waited_100_us)
{
    const auto turn = queue.next(cold, start + 99us);
    EXPECT_EQ(turn.heir, nullptr);
    EXPECT_EQ(turn.overtaking_ends, start + 100us);
}

TEST_F(whose_turn, is_the_oldests_once_he_has_waited_100_us)
{
    EXPECT_EQ(queue.next(cold, start + 100us).heir, &waiting[0]);
    EXPECT_EQ(waiting[0].granted_at, start + 100us);
}

TEST_F(whose_turn, for_a_hot_slot_is_the_oldests_after_100_us_too_if_it_was_not_handed_over_lately)
{
    slot_turns slot = hot(start + 100us);
    for (waiter& each : waiting)
        each.cpu = -2; // nobody ran here
    EXPECT_EQ(queue.next(slot, start + 100us).heir, &waiting[0]);
}

TEST_F(whose_turn, for_a_hot_slot_comes_no_more_often_than_the_pace)
{
    queue.hand_over_took(1ms); // expensive: the pace is as slow as it can be
    slot_turns slot = hot(start + 200us);
    slot.handed_over = start + 100us;
    const auto turn = queue.next(slot, start + 200us);
    EXPECT_EQ(turn.heir, nullptr);
    EXPECT_EQ(turn.overtaking_ends, start + 1350us);
    slot.freed = start + 1350us - 5us;
    EXPECT_NE(queue.next(slot, start + 1350us).heir, nullptr);
}

TEST_F(whose_turn, is_the_very_oldests_once_everybody_could_have_had_one)
{
    waiting[0].cpu = -2;
    slot_turns slot = hot(start + 10ms);
    EXPECT_EQ(queue.next(slot, start + 10ms).heir, &waiting[0]) << "although the other one ran here";
}

TEST_F(whose_turn, of_the_next_comes_when_the_first_has_gone)
{
    queue.remove(waiting[0]);
    EXPECT_EQ(queue.size(), 1U);
    EXPECT_EQ(queue.next(cold, start + 110us).heir, &waiting[1]);
}

TEST_F(whose_turn, that_is_not_come_makes_the_oldest_look_at_a_slot_left_idle)
{
    const auto turn = queue.next(cold, start + 50us);
    pending_wake wake;
    queue.left_idle(turn.overtaking_ends, wake);
    wake.forget();
    EXPECT_EQ(waiting[0].look(), wait_word::nudged);
    EXPECT_TRUE(waiting[0].guards);
    EXPECT_EQ(waiting[1].look(), wait_word::waiting);
}

TEST_F(whose_turn, of_a_hot_slot_that_was_left_idle_makes_the_oldest_look_when_it_comes)
{
    slot_turns slot = hot(start + 50us);
    const auto turn = queue.next(slot, start + 50us);
    pending_wake wake;
    queue.left_idle(turn.overtaking_ends, wake);
    wake.forget();
    EXPECT_EQ(waiting[0].look(), wait_word::alerted);
    EXPECT_EQ(waiting[0].look_at.load(), start + 100us);
}

TEST(waiter, is_settled_once)
{
    waiter one;
    EXPECT_TRUE(one.change(wait_word::waiting, wait_word::nudged));
    EXPECT_TRUE(one.settle(wait_word::granted));
    EXPECT_FALSE(one.settle(wait_word::cancelled)) << "a grant and a time-out cannot both win";
    EXPECT_FALSE(one.change(wait_word::waiting, wait_word::alerted));
    EXPECT_EQ(one.look(), wait_word::granted);
}

TEST(hand_over_pace, is_fifty_times_what_a_hand_over_takes_between_100_us_and_1250_us)
{
    hand_over_pace pace;
    EXPECT_EQ(pace.current(), 100us);
    for (int i = 0; i != 200; ++i)
        pace.measured(10us);
    EXPECT_NEAR(static_cast<double>(pace.current().count()), 500'000.0, 10'000.0);
    for (int i = 0; i != 200; ++i)
        pace.measured(1ms);
    EXPECT_EQ(pace.current(), 1250us);
}

} // namespace
