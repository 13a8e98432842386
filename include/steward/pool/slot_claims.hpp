// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/detail/asymmetric_fence.hpp>
#include <steward/detail/cache_line.hpp>
#include <steward/detail/departures.hpp>
#include <steward/detail/pool_tick.hpp>
#include <steward/pool/attention.hpp>
#include <steward/pool/own_slots.hpp>
#include <steward/pool/slot_counts.hpp>
#include <steward/pool/slot_table.hpp>
#include <steward/pool/wait_queue.hpp>

#include <algorithm>
#include <cstddef>
#include <mutex>
#include <type_traits>

namespace steward::inline v0::detail {

/// The slots of a pool, who waits for one, and the pool's time: how a slot is claimed and what is seen of it.
///
/// A slot is claimed without a lock (where the locking policy is not guarded); a slot that is a thread's own is taken from it
/// under the mutex.
template <class Shape>
class slot_claims {
protected:
    using locking = typename Shape::locking;
    using waiting_policy = typename Shape::waiting;
    using queue_type = std::conditional_t<locking::waits, wait_queue<waiting_policy>, no_queue>;
    using attention_type = attention<locking>;
    using state = slot_state;

public:
    using slot_type = typename Shape::head;

    static constexpr std::size_t capacity = Shape::capacity;

    slot_claims() { asymmetric_fence::prepare(); }

    /// The fast path: the slot that this thread used last.
    [[nodiscard, gnu::always_inline]] slot_type* claim_fast() noexcept
    {
        if (must_queue())
            return nullptr;
        if constexpr (biases<locking>)
            if (table_.may_have_own())
                return claim_own();
        const maybe_lock lock{mutex_};
        return table_.claim_hinted();
    }

    [[nodiscard]] slot_type* claim_idle() noexcept
    {
        {
            const maybe_lock lock{mutex_};
            if (slot_type* s = table_.scan_idle())
                return s;
        }
        return claim_others_own();
    }

    /// Claims a particular slot from one state into another.
    [[nodiscard]] bool claim(slot_type& s, state from, state to) noexcept
    {
        if constexpr (biases<locking>)
            if (from == state::idle && s.cell.load() == state::biased) {
                const std::lock_guard lock{mutex_};
                return claim_from_idle(s, to);
            }
        const maybe_lock lock{mutex_};
        return s.cell.claim(from, to);
    }

    /// Moves a slot that the caller has claimed to a state in which he still has it.
    void publish(slot_type& s, state to) noexcept
    {
        if constexpr (biases<locking>)
            if (s.cell.load() == state::biased) {
                const std::lock_guard lock{mutex_};
                return end_own(s, to);
            }
        const maybe_lock lock{mutex_};
        s.cell.publish(to);
    }

    /// The caller has found a slot and lends it: from now on as its own, if it has paid for that.
    void lend(slot_type& s) noexcept
    {
        if constexpr (biases<locking>)
            if (s.cell.load() == state::biased || (own_.pay() && give_own(s)))
                return;
        publish(s, state::lent);
    }

    /// Whether a newcomer has to go behind others who wait.
    [[nodiscard]] bool must_queue() const noexcept
    {
        if constexpr (locking::waits && waiting_policy::in_order)
            return (attention_.now(std::memory_order_acquire) & attention_type::waiters) != 0;
        else
            return false;
    }

    /// Sets the pool's time, never back; the tick before it.
    time_point advance(time_point now) noexcept
    {
        own_.tick();
        return tick_.advance(now);
    }
    [[nodiscard]] time_point tick() const noexcept { return tick_.now(); }

    /// What the slots are doing: each is looked at once, so none counts twice; one moment for all where the locking is
    /// guarded.
    [[nodiscard]] slot_counts count() noexcept
    {
        const maybe_lock lock{mutex_};
        slot_counts counts;
        for (slot_type& s : table_)
            counts.add(doing(s));
        return counts;
    }

    /// How many slots somebody has, and how many threads are not quite done with one that they gave back.
    ///
    /// Who made a slot free was noted before; who takes it again, because somebody came in between, ends the note after
    /// that. So the slots are looked at before the notes, and once more behind them.
    [[nodiscard]] std::size_t in_use() noexcept
    {
        const std::size_t before = count().taken();
        const std::size_t departing = departures::count(&attention_);
        return std::max(before, count().taken()) + departing;
    }

    /// Calls `f(slot, state)` for every slot, without a lock: `f` may call back into the pool.
    template <class F>
    void for_each(F f)
    {
        for (slot_type& s : table_)
            f(s, state_of(s));
    }

    /// What a slot is doing.
    [[nodiscard]] state state_of(const slot_type& s) noexcept
    {
        const maybe_lock lock{mutex_};
        return doing(s);
    }

    /// Where the owner of the pool makes its slots, before anything else is called.
    [[nodiscard]] void* place(std::size_t i) noexcept { return table_.place(i); }
    slot_type& operator[](std::size_t i) noexcept { return table_[i]; }
    auto begin() noexcept { return table_.begin(); }
    auto end() noexcept { return table_.end(); }

protected:
    // A lock where every access to a slot needs one, nothing elsewhere.
    class maybe_lock {
    public:
        explicit maybe_lock(typename locking::mutex_type& mutex) noexcept : mutex_{mutex}
        {
            if constexpr (locking::guarded)
                mutex_.lock();
        }
        ~maybe_lock()
        {
            if constexpr (locking::guarded)
                mutex_.unlock();
        }
        maybe_lock(const maybe_lock&) = delete;
        maybe_lock& operator=(const maybe_lock&) = delete;

    private:
        typename locking::mutex_type& mutex_;
    };

    // What others see of a slot: one that is biased is lent or idle.
    [[nodiscard]] static state doing(const slot_type& s) noexcept
    {
        const state now = s.cell.load();
        if constexpr (biases<locking>)
            if (now == state::biased)
                return s.bias.is_held() ? state::lent : state::idle;
        return now;
    }

    // With the mutex held, so that whoever takes the bias away sees all of it or nothing.
    void end_own(slot_type& s, state to) noexcept
    {
        own_.end(s, to);
        raise_attention();
    }

    // With the mutex held: claims a slot that is idle, and takes it from the thread whose own it is.
    [[nodiscard]] bool claim_from_idle(slot_type& s, state to) noexcept
    {
        if constexpr (biases<locking>)
            if (s.cell.load() == state::biased && own_.take_away(s, to)) {
                raise_attention();
                return true;
            }
        return s.cell.claim(state::idle, to);
    }

    // Whether a slot that is free will be taken again in a moment by the thread that gave it back, whom the slow path
    // must not send to sleep for it: his processor would idle, and he would be here next.
    [[nodiscard]] bool contested() const noexcept
    {
        if constexpr (locking::waits && !locking::guarded)
            return (attention_.now() & attention_type::waiters) != 0 && queue_.hot();
        else
            return false;
    }

    // A slot of another thread, which is not using it.
    [[nodiscard]] slot_type* claim_others_own() noexcept
    {
        if constexpr (biases<locking>) {
            if ((attention_.now() & attention_type::owned) == 0)
                return nullptr;
            for (slot_type& s : table_) {
                if (s.cell.load() != state::biased || s.bias.is_held())
                    continue;
                const std::lock_guard lock{mutex_};
                if (s.cell.load() != state::biased || !own_.take_for_another(s))
                    continue;
                raise_attention();
                s.was_rested = false;
                table_.remember(s);
                return &s;
            }
        }
        return nullptr;
    }

    // The slot that is this thread's own.
    [[nodiscard, gnu::always_inline]] slot_type* claim_own() noexcept
    {
        slot_type* const s = own_.mine();
        if (s != nullptr && s->bias.claim()) [[likely]]
            return s;
        return miss_own(s);
    }

    // The thread has no slot of its own here (null), has lent it already, or it is its own no more. If that came about
    // in this moment somebody may have found the slot in use: the thread takes it as others do, and sees to those who
    // wait when it gives it back.
    [[nodiscard, gnu::noinline, gnu::cold]] slot_type* miss_own(slot_type* s) noexcept
    {
        if (s == nullptr) {
            table_.forget_own();
            return nullptr;
        }
        if (own_.has_one())
            return nullptr;
        departures::mine()->forget(s);
        table_.forget_own();
        const std::lock_guard lock{mutex_};
        if (s->cell.load() != state::biased || !claim_from_idle(*s, state::lent))
            return nullptr; // whoever has it does
        table_.remember(*s);
        return s;
    }

    // The thread keeps the slot that it has, unless it has one of its own, somebody waits, or slots are to leave.
    [[nodiscard, gnu::noinline, gnu::cold]] bool give_own(slot_type& s) noexcept
    {
        departures::enroll();
        if (departures::mine() == nullptr)
            return false;
        if (own_.has_one()) {
            table_.remember_own(); // it is lent, or another one was looked for first
            return false;
        }
        const std::lock_guard lock{mutex_};
        if (leaving_ || front() != nullptr || !own_.give(s))
            return false;
        raise_attention();
        table_.remember_own();
        return true;
    }

    [[nodiscard]] waiter* front() noexcept { return queue_.front(); }

    // With the mutex held, whenever one of these may have changed.
    void raise_attention() noexcept
    {
        const int calls = (front() != nullptr ? attention_type::waiters : 0) | (leaving_ ? attention_type::leavers : 0)
                          | (own_.any() ? attention_type::owned : 0);
        left_idle_ |= attention_.raise(calls, queue_); // by releases that found the oldest patient
    }

    // With the mutex held: the oldest looks now. By releases that found him patient slots were left idle: who comes behind him
    // needs them if he finds another.
    void lose_patience() noexcept { left_idle_ |= attention_.lose_patience(); }

    static constexpr std::size_t line = locking::waits ? cache_line : alignof(void*);

    // While somebody waits most releases write here: on lines that nobody needs who finds a slot at once.
    [[no_unique_address]] alignas(line) typename locking::mutex_type mutex_;
    bool left_idle_ = false; ///< slots may be idle although somebody waits
    [[no_unique_address]] queue_type queue_;

    // From here on it is seldom written.
    alignas(line) attention_type attention_;
    bool leaving_ = false; ///< some slots must leave as they come back
    [[no_unique_address]] own_slots_of<Shape> own_{first_price<locking>};
    pool_tick tick_;
    slot_table<Shape> table_;
};

} // namespace steward::inline v0::detail
