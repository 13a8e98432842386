// SPDX-License-Identifier: BSL-1.0
#include <steward/locking/lock_free.hpp>
#include <steward/pool/slot_cell.hpp>
#include <steward/pool/slot_exchange.hpp>
#include <steward/waiting/overtaking.hpp>

#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <functional>
#include <mutex>
#include <new>
#include <utility>

namespace {

using namespace std::chrono_literals;
using namespace steward::detail;
using steward::atomic_cell, steward::clock, steward::slot_state;

/// A cell that calls somebody the next time that it is looked at.
struct watched_cell : atomic_cell {
    static inline std::function<void()> at_next_look;

    [[nodiscard]] slot_state load() const noexcept
    {
        const slot_state seen = atomic_cell::load();
        if (const auto call = std::exchange(at_next_look, nullptr))
            call();
        return seen;
    }
};
struct watched : steward::locking::lock_free {
    using cell = watched_cell;
};

using shape = slot_shape<watched, steward::waiting::overtaking<>, 2, 64, 64>;

/// An exchange of two hot slots, both lent, which come back while somebody waits; its steps are the test's.
class hot_exchange : public slot_exchange<shape> {
public:
    hot_exchange()
    {
        departures::enroll();
        for (int i = 0; i != 100; ++i)
            queue_.hand_over_took(10us);
        for (std::size_t i = 0; i != 2; ++i) {
            slots[i] = ::new (place(i)) slot_type;
            slots[i]->cell.publish(slot_state::lent);
            slots[i]->handed_over.store(clock::now() + 1h); // it is nobody's turn
        }
    }

    /// Somebody waits, who will look by himself after that time.
    void join(waiter& w, steward::duration until_he_looks = 0us)
    {
        const std::lock_guard lock{mutex_};
        w.since = clock::now();
        queue_.push(w, 2);
        w.guards = true;
        w.look_at.store(w.since + until_he_looks);
        raise_attention();
    }

    void leave(waiter& w)
    {
        const std::lock_guard lock{mutex_};
        ASSERT_TRUE(w.settle(wait_word::cancelled));
        queue_.remove(w);
        raise_attention();
        base::share_left_idle();
    }

    /// The oldest looks by himself.
    slot_type* look(waiter& w)
    {
        {
            const std::lock_guard lock{mutex_};
            queue_.looks(w, clock::now());
            base::lose_patience();
        }
        return claim_any();
    }

    /// Given back after 5 µs.
    void come_back(slot_type& s)
    {
        s.last_use.store(clock::now() - 5us);
        ASSERT_TRUE(give_back(s));
        ASSERT_EQ(s.cell.load(), slot_state::idle);
    }

    void be_taken_by_a_newcomer(slot_type& s) { ASSERT_TRUE(s.cell.claim(slot_state::idle, slot_state::lent)); }

    std::array<slot_type*, 2> slots{};
};

class quiet_returns : public testing::Test {
protected:
    hot_exchange exchange;
    waiter oldest, next, third;
};

TEST_F(quiet_returns, leave_nobody_waiting_behind_an_oldest_who_takes_another_slot)
{
    exchange.join(oldest);
    exchange.join(next, 1h); // he has looked often
    exchange.join(third);
    for (auto* s : exchange.slots) {
        exchange.come_back(*s);
        exchange.be_taken_by_a_newcomer(*s);
    }
    exchange.leave(third); // there is nothing to share
    for (auto* s : exchange.slots)
        exchange.come_back(*s);
    ASSERT_EQ(exchange.slots[0]->returned_quietly, 1);

    EXPECT_NE(exchange.look(oldest), nullptr);
    exchange.leave(oldest);

    EXPECT_EQ(next.look(), wait_word::granted) << "the other slot is idle";
}

TEST_F(quiet_returns, serve_those_who_wait_while_the_pool_drains)
{
    exchange.join(oldest);
    exchange.come_back(*exchange.slots[0]);
    exchange.be_taken_by_a_newcomer(*exchange.slots[0]);
    ASSERT_NE(exchange.slots[0]->quiet_returns, 0);
    watched_cell::at_next_look = [&] { exchange.come_back(*exchange.slots[0]); }; // once it was seen lent

    exchange.drain();

    EXPECT_EQ(oldest.look(), wait_word::granted);
}

} // namespace
