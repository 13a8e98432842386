// SPDX-License-Identifier: BSL-1.0
#include <steward/pool/wait_queue.hpp>
#include <steward/waiting.hpp>

#include <gtest/gtest.h>

#include <array>
#include <cstdint>
#include <sched.h>

namespace wait_queue_test {

using namespace std::chrono_literals;
using steward::time_point;
using steward::detail::busy_cpus;
using steward::detail::hand_over_pace;
using steward::detail::pending_wake;
using wait_queue = steward::detail::wait_queue<steward::waiting::overtaking<>>;
using steward::detail::wait_word;
using steward::detail::waiter;

constexpr time_point start{1h};

/// What the queue looks at and writes of a slot.
struct slot_turns {
    steward::detail::atomic_time last_use{time_point{}};
    steward::detail::atomic_time handed_over{time_point{}};
    std::uint8_t in_a_row = 0;
    std::uint8_t quiet_returns = 0;
    std::uint8_t returned_quietly = 0;
};

/// As long as it lives this thread stays on the processor that runs it now.
class stay_here {
public:
    stay_here()
    {
        EXPECT_EQ(sched_getaffinity(0, sizeof before_, &before_), 0);
        cpu_set_t only;
        CPU_ZERO(&only);
        CPU_SET(static_cast<unsigned>(cpu), &only);
        EXPECT_EQ(sched_setaffinity(0, sizeof only, &only), 0);
    }
    ~stay_here() { sched_setaffinity(0, sizeof before_, &before_); }
    stay_here(const stay_here&) = delete;
    stay_here& operator=(const stay_here&) = delete;

    const int cpu = steward::detail::current_cpu();

private:
    cpu_set_t before_{};
};

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
    static slot_turns hot(time_point now) { return {.last_use = steward::detail::atomic_time{now - 5us}}; }

    /// What becomes of a slot that is freed at `now`, after so long a use.
    auto freed(steward::duration used, time_point now)
    {
        cold.last_use.store(now - used);
        return queue.next(cold, now);
    }

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
    slot.handed_over.store(start + 100us);
    const auto turn = queue.next(slot, start + 200us);
    EXPECT_EQ(turn.heir, nullptr);
    EXPECT_EQ(turn.overtaking_ends, start + 600us);
    slot.last_use.store(start + 600us - 5us);
    EXPECT_NE(queue.next(slot, start + 600us).heir, nullptr);
}

TEST_F(whose_turn, need_not_be_asked_for_six_times_while_a_hot_slot_is_a_newcomers)
{
    slot_turns slot = hot(start + 20us);
    const auto turn = queue.next(slot, start + 20us);
    EXPECT_EQ(turn.heir, nullptr);
    EXPECT_TRUE(turn.quiet);
    EXPECT_EQ(slot.quiet_returns, 6);
}

TEST_F(whose_turn, need_not_be_asked_for_in_half_of_the_time_that_is_left)
{
    slot_turns slot = hot(start + 60us);
    EXPECT_TRUE(queue.next(slot, start + 60us).quiet);
    EXPECT_EQ(slot.quiet_returns, 4) << "uses of 5 us, of which eight fit into 40";
    slot.last_use.store(start + 90us);
    EXPECT_FALSE(queue.next(slot, start + 95us).quiet);
    EXPECT_EQ(slot.quiet_returns, 0);
}

TEST_F(whose_turn, has_to_be_asked_for_each_time_where_a_slot_is_not_hot)
{
    EXPECT_FALSE(freed(150us, start + 50us).quiet);
    EXPECT_EQ(cold.quiet_returns, 0);
}

TEST_F(whose_turn, is_asked_for_after_quiet_returns_that_count_as_so_many_uses)
{
    slot_turns slot{.last_use = steward::detail::atomic_time{start - 300us}, .returned_quietly = 6};
    static_cast<void>(queue.next(slot, start + 50us));
    EXPECT_TRUE(queue.hot()) << "seven uses of 50 us";
    EXPECT_EQ(slot.returned_quietly, 0);
}

TEST_F(whose_turn, for_two_hot_slots_does_not_come_in_the_same_moment)
{
    queue.hand_over_took(1ms);
    slot_turns one = hot(start + 200us);
    EXPECT_NE(queue.next(one, start + 200us).heir, nullptr);
    slot_turns other = hot(start + 210us);
    const auto turn = queue.next(other, start + 210us);
    EXPECT_EQ(turn.heir, nullptr);
    EXPECT_EQ(turn.overtaking_ends, start + 200us + 250us) << "half a turn of 500 us";
}

TEST_F(whose_turn, for_a_hot_slot_is_rather_his_who_slept_where_nobody_is_at_work)
{
    const stay_here pinned;
    waiting[0].cpu = pinned.cpu;
    waiting[1].cpu = -2;
    EXPECT_EQ(freed(5us, start + 200us).heir, &waiting[1]);
    queue.remove(waiting[1]);
    EXPECT_EQ(freed(5us, start + 1200us).heir, &waiting[0]) << "there is nobody else";
}

TEST_F(whose_turn, for_a_hot_slot_is_not_his_who_slept_where_another_holder_is_at_work)
{
    queue.hand_over_took(1ms);
    const stay_here pinned;
    waiting[0].cpu = pinned.cpu + 64; // which counts as the same, and the holder is here
    EXPECT_EQ(freed(5us, start + 200us).heir, &waiting[1]);
    queue.remove(waiting[1]);
    const auto turn = freed(5us, start + 800us);
    EXPECT_EQ(turn.heir, nullptr) << "there is nobody else";
    EXPECT_EQ(turn.overtaking_ends, start + 1300us);
    EXPECT_EQ(freed(5us, start + 1100us).heir, &waiting[0]) << "he has waited for two turns";
}

TEST_F(whose_turn, is_not_looked_for_by_those_who_wait_before_any_slot_came_back)
{
    EXPECT_FALSE(queue.hot());
    EXPECT_FALSE(waiting[0].guards);
}

TEST_F(whose_turn, stays_that_of_a_hot_slot_when_it_was_used_for_long_once)
{
    static_cast<void>(freed(5us, start));
    static_cast<void>(freed(3ms, start)); // somebody else had the holder's processor
    EXPECT_TRUE(queue.hot());
}

TEST_F(whose_turn, is_no_longer_that_of_a_hot_slot_when_it_is_used_for_long_again_and_again)
{
    for (int i = 0; i != 100; ++i)
        static_cast<void>(freed(0us, start));
    for (int i = 0; i != 20; ++i)
        static_cast<void>(freed(3ms, start));
    EXPECT_FALSE(queue.hot());
}

TEST_F(whose_turn, is_the_very_oldests_once_everybody_could_have_had_one)
{
    const stay_here pinned;
    waiting[0].cpu = pinned.cpu + 64; // which counts as the same, and the holder is here
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

TEST_F(whose_turn, of_a_slot_that_comes_back_soon_is_looked_for_by_himself_who_comes)
{
    static_cast<void>(freed(90us, start));
    waiter third;
    third.since = start;
    queue.push(third, 1);
    EXPECT_TRUE(third.guards);
    EXPECT_EQ(third.look_at.load(), start + 100us + 4 * 100us) << "three wait for one slot, and a turn takes 100 us";
    queue.looks(third, start + 600us);
    EXPECT_EQ(third.look_at.load(), start + 700us) << "a turn later";
    for (int i = 0; i != 4; ++i)
        queue.looks(third, start + 700us);
    EXPECT_EQ(third.look_at.load(), start + 900us) << "two turns later";
}

TEST_F(whose_turn, of_a_slot_that_seldom_comes_back_is_not_looked_for)
{
    static_cast<void>(queue.next(cold, start));
    waiter third;
    third.since = start;
    queue.push(third, 1);
    EXPECT_FALSE(third.guards) << "he is told";
}

TEST(busy_cpus, are_those_on_which_slots_were_freed_lately)
{
    busy_cpus busy;
    busy.seen(1, start, 100us);
    busy.seen(2, start + 100us, 100us);
    EXPECT_TRUE(busy.contains(1) && busy.contains(2));
    EXPECT_FALSE(busy.contains(3));
    busy.seen(2, start + 200us, 100us);
    EXPECT_FALSE(busy.contains(1));
    busy.seen(3, start + 1s, 100us);
    EXPECT_FALSE(busy.contains(2)) << "nobody looked for long";
    EXPECT_TRUE(busy.contains(3 + 64)) << "taken for one";
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

TEST(hand_over_pace, is_fifty_times_what_a_hand_over_takes_between_100_us_and_500_us)
{
    hand_over_pace pace;
    EXPECT_EQ(pace.current(), 100us);
    for (int i = 0; i != 200; ++i)
        pace.measured(5us);
    EXPECT_NEAR(static_cast<double>(pace.current().count()), 250'000.0, 5'000.0);
    for (int i = 0; i != 200; ++i)
        pace.measured(1ms);
    EXPECT_EQ(pace.current(), 500us);
}

} // namespace wait_queue_test
