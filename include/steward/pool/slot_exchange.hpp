// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/detail/departures.hpp>
#include <steward/error.hpp>
#include <steward/pool/slot_gate.hpp>
#include <steward/pool/slot_wait.hpp>
#include <steward/pool/wait_queue.hpp>
#include <steward/wait_limit.hpp>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <expected>
#include <mutex>

namespace steward::detail {

/// Where slots change hands: claiming, waiting, handing over, and taking slots out of use.
///
/// Nothing is lost because of one rule, "look twice": whoever frees a slot publishes it and then looks at
/// `attention_`; whoever needs to be told (a waiter, a closer) raises `attention_` and then looks at the slots. The
/// locking policy's two fences keep each side's write before its read (see asymmetric_fence), so at least one of
/// them sees the other. Everything else that decides happens under the mutex.
///
/// Whose turn it is when a slot is freed while somebody waits, the wait_queue says.
template <class Shape>
class slot_exchange : public slot_gate<Shape> {
    template <class Exchange>
    friend class slot_wait;

    using base = slot_gate<Shape>;
    using typename base::gate;
    using typename base::locking;
    using typename base::state;

    using base::attention_;
    using base::beyond;
    using base::front;
    using base::gate_;
    using base::has_resource;
    using base::leaving_;
    using base::left_idle_;
    using base::must_leave;
    using base::mutex_;
    using base::queue_;
    using base::raise_attention;
    using base::refusal;
    using base::some_beyond_;
    using base::table_;
    using base::too_many;
    using base::usable_;
    using base::withheld;

public:
    using typename base::slot_type;
    using taken = std::expected<slot_type*, errc>;

    /// Waits for a slot: one that is lent to the caller, or one to create in. `start` is when the caller came.
    /// `late` retires a slot that came too late and must leave.
    [[nodiscard]] taken wait(time_point start, const wait_limit& limit, duration standard, retirer<slot_type> late)
    {
        if constexpr (locking::waits)
            return slot_wait<slot_exchange>{*this, start, limit.deadline(start, standard), late}.run();
        else
            return std::unexpected{refusal()};
    }

    /// Gives back a slot with a resource in it that can be used again. False: its time is over, the caller retires it.
    [[nodiscard, gnu::always_inline]] bool give_back(slot_type& s) noexcept
    {
        if constexpr (locking::guarded) {
            return give_back_slowly(s);
        } else if constexpr (!locking::waits) {
            if (attention_.load(std::memory_order_relaxed) != 0) [[unlikely]]
                return give_back_slowly(s);
            s.cell.publish(state::idle);
            table_.returned(s);
            return true;
        } else {
            departures::note* const note = departures::mine();
            if (note == nullptr || attention_.load(std::memory_order_relaxed) != 0) [[unlikely]]
                return give_back_slowly(s);
            note->begin(&attention_);
            s.cell.publish(state::idle);
            table_.returned(s);
            locking::order_release(); // pairs with order_sleep in raise_attention
            const bool called = attention_.load(std::memory_order_relaxed) != 0;
            // Somebody came in between. Who has the slot now, if not we, will see to him.
            const bool again = called && s.cell.claim(state::idle, state::lent);
            note->end();
            return !again || give_back_slowly(s);
        }
    }

    /// Gives back a slot that has no resource any more: its place goes to the oldest waiter, who creates.
    void vacate(slot_type& s) noexcept
    {
        pending_wake wake;
        {
            const std::lock_guard lock{mutex_};
            base::record(s).retire_at.store(time_point::max()); // it may have been condemned while it was creating
            if (gate_ != gate::open || too_many()) {
                s.cell.publish(state::out);
                some_beyond_ = some_beyond_ && beyond() != 0;
            } else if (table_.index(s) < usable_) {
                open_place(s, wake);
            } else {
                s.cell.publish(state::out);
                open_one_instead(wake);
            }
            if (leaving_)
                review();
        }
        wake.fire();
    }

    /// The caller's slot has no resource any more; he may create another.
    void emptied(slot_type& s) noexcept
    {
        const std::lock_guard lock{mutex_};
        base::record(s).retire_at.store(time_point::max());
        s.cell.publish(state::creating);
        if (leaving_)
            review();
    }

    /// All resources that there are now must leave: what is lent at its return, what is free before it is lent again.
    void condemn() noexcept
    {
        {
            const std::lock_guard lock{mutex_};
            leaving_ = true;
            raise_attention();
            for (slot_type& s : table_)
                if (has_resource(s)) {
                    base::record(s).retire_at.store(time_point::min());
                    static_cast<void>(s.cell.claim(state::idle, state::rested)); // which the fast path does not take
                }
        }
        nudge_all(); // whoever freed one of them meanwhile finds it taken from him, and tells nobody
    }

    /// Gives back a slot that the housekeeper looked at. False: its time is over, the caller retires it.
    [[nodiscard]] bool rest(slot_type& s) noexcept
    {
        pending_wake wake;
        {
            const std::lock_guard lock{mutex_};
            if (must_leave(s))
                return false;
            if (gate_ == gate::suspended)
                s.cell.publish(state::parked);
            else if (waiter* w = front())
                s.was_rested = true, s.cell.publish(state::lent), grant(*w, s, wake);
            else
                s.cell.publish(state::rested), table_.returned(s);
        }
        wake.fire();
        return true;
    }

    /// From now on only the first `usable` slots may hold a resource; the caller sweeps the others. For each of these
    /// that is lent, one of the first is kept out of use until it comes back, so that there are never more.
    void set_usable(std::size_t usable) noexcept
    {
        {
            const std::lock_guard lock{mutex_};
            usable_ = usable;
            leaving_ = true;
            for (std::size_t i = usable; i != base::capacity; ++i) // before they are counted: nobody creates there now
                static_cast<void>(table_[i].cell.claim(state::empty, state::out));
            some_beyond_ = beyond() != 0;
            raise_attention();
            reopen_empty();
            for (std::size_t i = 0; i != usable_ && too_many(); ++i)
                static_cast<void>(table_[i].cell.claim(state::empty, state::out));
        }
        nudge_all();
    }

    /// Nobody gets a slot until `resume`; those who come wait.
    void suspend() noexcept
    {
        const std::lock_guard lock{mutex_}; // to the end: `resume` must find all slots out of use, or none
        if (gate_ == gate::closed)
            return;
        gate_ = gate::suspended;
        leaving_ = true;
        raise_attention();
        for (slot_type& s : table_)
            if (!s.cell.claim(state::empty, state::out) && !s.cell.claim(state::rested, state::parked)
                && s.cell.claim(state::idle, state::service))
                park(s);
    }

    /// Slots that come back are free again. False if the pool was not suspended; else the caller brings back what is
    /// parked, and then calls `reopen`.
    [[nodiscard]] bool end_suspension() noexcept
    {
        const std::lock_guard lock{mutex_};
        if (gate_ != gate::suspended)
            return false;
        gate_ = gate::open;
        return true;
    }

    /// Empty slots may be used again.
    void reopen() noexcept
    {
        {
            const std::lock_guard lock{mutex_};
            reopen_empty();
        }
        review_leaving();
        nudge_all();
    }

    /// Nobody gets a slot any more, and all who wait learn it. Harmless if repeated.
    void close() noexcept
    {
        {
            const std::lock_guard lock{mutex_};
            gate_ = gate::closed;
            leaving_ = true;
            raise_attention();
        }
        while (settle_oldest(wait_word::closed)) {}
    }

    /// Whether the slot may not be lent again: the pool is closed or smaller, or the resource's time is over.
    [[nodiscard]] bool must_go(const slot_type& s) noexcept
    {
        const std::lock_guard lock{mutex_};
        return must_leave(s);
    }

    /// Takes an empty slot out of use if it must leave, decided and done at once.
    void withdraw_empty(slot_type& s) noexcept
    {
        const std::lock_guard lock{mutex_};
        if (must_leave(s))
            static_cast<void>(s.cell.claim(state::empty, state::out));
    }

    /// Decides anew whether returns have to look if their slot must leave: some lent slots must.
    void review_leaving() noexcept
    {
        const std::lock_guard lock{mutex_};
        review();
    }

private:
    // With the mutex held.
    void review() noexcept
    {
        leaving_ = gate_ != gate::open;
        for (slot_type& s : table_)
            leaving_ = leaving_ || (has_resource(s) && must_leave(s));
        raise_attention();
    }

    // With the mutex held: a resource that was in use up to now rests until the pool is resumed.
    void park(slot_type& s) noexcept
    {
        base::record(s).rested_since = base::tick();
        s.cell.publish(state::parked);
    }

    // With the mutex held: empty slots that were out of use and may be used.
    void reopen_empty() noexcept
    {
        if (gate_ == gate::open)
            for (std::size_t i = 0; i != usable_ && (!some_beyond_ || withheld() > beyond()); ++i)
                static_cast<void>(table_[i].cell.claim(state::out, state::empty));
    }

    // With the mutex held: the caller's slot may be created in, by the oldest waiter or whoever comes.
    void open_place(slot_type& s, pending_wake& wake) noexcept
    {
        if (waiter* w = front())
            s.cell.publish(state::creating), grant(*w, s, wake);
        else
            s.cell.publish(state::empty);
    }

    // With the mutex held: a resource beyond the usable slots has gone.
    void open_one_instead(pending_wake& wake) noexcept
    {
        if (!some_beyond_)
            return;
        const bool open_one = withheld() > beyond();
        some_beyond_ = beyond() != 0;
        for (std::size_t i = 0; open_one && i != usable_; ++i)
            if (table_[i].cell.claim(state::out, state::creating))
                return open_place(table_[i], wake);
    }

    // More became free at once than one release frees: everybody looks again.
    void nudge_all() noexcept
    {
        const std::lock_guard lock{mutex_};
        queue_.for_each([](waiter& w) {
            pending_wake wake;
            wait_queue::tell(w, wait_word::nudged, wake);
            wake.fire();
        });
    }

    [[nodiscard, gnu::noinline]] bool give_back_slowly(slot_type& s) noexcept
    {
        pending_wake wake;
        bool kept = true;
        if constexpr (!locking::guarded && locking::waits)
            departures::enroll(); // from the next time on it is quick
        {
            const std::lock_guard lock{mutex_};
            kept = pass_on(s, wake);
        }
        wake.fire();
        return kept;
    }

    // With the mutex held: the slot goes to the oldest waiter if he has waited long enough, else it becomes free.
    [[nodiscard]] bool pass_on(slot_type& s, pending_wake& wake) noexcept
    {
        waiter* const oldest = front();
        if (attention_.load(std::memory_order_relaxed) != 0 && must_leave(s))
            return false;
        if (gate_ == gate::suspended) {
            park(s);
            return true;
        }
        if (oldest == nullptr) {
            s.cell.publish(state::idle);
            table_.returned(s);
            return true;
        }
        if constexpr (locking::waits) {
            const wait_queue::turn turn = queue_.next(s.turns, clock::now());
            if (turn.heir != nullptr) {
                s.was_rested = false;
                grant(*turn.heir, s, wake);
            } else {
                s.cell.publish(state::idle);
                table_.returned(s);
                left_idle_ = true;
                queue_.left_idle(turn.overtaking_ends, wake);
            }
        }
        return true;
    }

    // With the mutex held: whoever watched over slots that were left idle has gone; what is still idle goes to those
    // who wait, since nobody else would tell them.
    void share_left_idle() noexcept
    {
        while (left_idle_ && gate_ == gate::open && front() != nullptr) {
            slot_type* const s = table_.scan_idle();
            left_idle_ = s != nullptr;
            if (s != nullptr) {
                pending_wake wake;
                settle_with(*front(), *s, wake);
                wake.fire();
            }
        }
    }

    // With the mutex held: the slot is the waiter's. He may have been the one who watched over others.
    void grant(waiter& w, slot_type& s, pending_wake& wake) noexcept
    {
        settle_with(w, s, wake);
        share_left_idle();
    }

    // With the mutex held. Cancelling needs the mutex too, so whoever is in the queue can still be granted.
    void settle_with(waiter& w, slot_type& s, pending_wake& wake) noexcept
    {
        queue_.remove(w);
        raise_attention();
        w.slot = &s;
        wake.remember(w);
        static_cast<void>(w.settle(wait_word::granted));
    }

    // The waiter leaves the queue by himself: false if somebody has settled with him before.
    [[nodiscard]] bool leave_queue(waiter& w) noexcept
    {
        const std::lock_guard lock{mutex_};
        if (!w.settle(wait_word::cancelled))
            return false;
        queue_.remove(w);
        raise_attention();
        share_left_idle();
        return true;
    }

    [[nodiscard]] bool settle_oldest(wait_word how) noexcept
    {
        pending_wake wake;
        {
            const std::lock_guard lock{mutex_};
            waiter* const w = front();
            if (w == nullptr)
                return false;
            queue_.remove(*w);
            raise_attention();
            wake.remember(*w);
            static_cast<void>(w->settle(how));
        }
        wake.fire();
        return true;
    }
};

} // namespace steward::detail
