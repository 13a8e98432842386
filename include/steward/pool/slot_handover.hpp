// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/detail/departures.hpp>
#include <steward/error.hpp>
#include <steward/pool/slot_gate.hpp>
#include <steward/pool/wait_queue.hpp>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <mutex>

namespace steward::inline v0::detail {

/// Where slots change hands: given back, passed on to who waits, freed to be created in.
///
/// Nothing is lost because of one rule, "look twice": whoever frees a slot publishes it and then looks at
/// `attention_`; whoever needs to be told (a waiter, a closer) raises `attention_` and then looks at the slots. The
/// locking policy's two fences keep each side's write before its read (see asymmetric_fence), so at least one of
/// them sees the other. Everything else that decides happens under the mutex.
///
/// While the oldest waiter is `patient`, because he looks by himself in a moment, some of the releases tell nobody. The
/// rule is the same: he lowers `patient` before he looks, they look at it after they have freed their slot.
///
/// Whose turn it is when a slot is freed while somebody waits, the wait_queue says.
template <class Shape>
class slot_handover : public slot_gate<Shape> {
    using base = slot_gate<Shape>;

protected:
    using typename base::attention_type;
    using typename base::gate;
    using typename base::locking;
    using typename base::state;

    using base::attention_;
    using base::beyond;
    using base::creations_;
    using base::front;
    using base::gate_;
    using base::leaving_;
    using base::left_idle_;
    using base::must_leave;
    using base::mutex_;
    using base::queue_;
    using base::raise_attention;
    using base::some_beyond_;
    using base::table_;
    using base::too_many;
    using base::usable_;
    using base::withheld;

public:
    using typename base::slot_type;

    /// Gives back a slot with a resource in it that can be used again. False: its time is over, the caller retires it.
    [[nodiscard, gnu::always_inline]] bool give_back(slot_type& s) noexcept
    {
        if constexpr (locking::guarded) {
            return give_back_slowly(s);
        } else if constexpr (!locking::waits) {
            if (attention_.now() != 0) [[unlikely]]
                return give_back_slowly(s);
            s.cell.publish(state::idle);
            table_.returned(s);
            return true;
        } else {
            departures::note* const note = departures::mine();
            const int called = attention_.now();
            if (note == nullptr || (called & ~attention_type::owned) != 0) [[unlikely]]
                return give_back_slowly(s);
            note->begin(&attention_);
            set_free(s, called != 0);
            locking::order_release(); // pairs with order_sleep in raise_attention
            if ((attention_.now() & ~attention_type::owned) != 0) [[unlikely]]
                return take_back(s, *note);
            note->end();
            return true;
        }
    }

    /// Gives back a slot with a resource that was made for those who wait: the oldest gets it, and for the others as many
    /// are made as may. False: as `give_back`.
    [[nodiscard]] bool give_new(slot_type& s) noexcept
    {
        pending_wake wake;
        bool kept = true, more = false;
        {
            const std::lock_guard lock{mutex_};
            if (front() == nullptr || gate_ == gate::suspended || must_leave(s))
                kept = pass_on(s, wake);
            else
                grant(*front(), s, wake);
            // Who comes from now on sees to it himself. Where it was changed meanwhile, one wake cannot do for two.
            more = !base::creates_apart() || (base::needs_another() && let_another_create(wake));
        }
        wake.fire();
        if (more)
            let_others_create();
        return kept;
    }

    /// A resource was made in the caller's slot: others may create now. Where they are not the ones who wait the caller
    /// sees to that, once he has given the slot back.
    void created(slot_type& s) noexcept
    {
        {
            const std::lock_guard lock{mutex_};
            end_creating(s, state::service);
            creations_.succeeded();
        }
        if (!base::creates_apart())
            let_others_create();
    }

    /// As many of those who wait create as may, or have it done.
    void let_others_create() noexcept
    {
        for (bool more = true; more;) {
            pending_wake wake;
            {
                const std::lock_guard lock{mutex_};
                more = base::needs_another() && let_another_create(wake);
            }
            wake.fire();
        }
    }

    /// The adapter could not create: from now on, where creating is limited, one tries at a time until it can.
    void creating_failed() noexcept
    {
        const std::lock_guard lock{mutex_};
        creations_.failed();
    }

    /// Gives back a slot that has no resource any more: its place goes to the oldest waiter, who creates.
    void vacate(slot_type& s) noexcept
    {
        pending_wake wake;
        {
            const std::lock_guard lock{mutex_};
            leave_empty(s, wake);
        }
        wake.fire();
    }

    /// The caller's slot has no resource any more; true if he may create another, else the slot is given back.
    [[nodiscard]] bool emptied(slot_type& s) noexcept
    {
        pending_wake wake;
        bool mine = false;
        {
            const std::lock_guard lock{mutex_};
            mine = creations_.allows_another() && !base::creates_apart();
            if (mine) {
                s.retire_at.store(time_point::max());
                base::begin_creating(s);
                if (leaving_)
                    review();
            } else {
                leave_empty(s, wake);
            }
        }
        wake.fire();
        return mine;
    }

    /// Gives back a slot that the housekeeper looked at. False: its time is over, the caller retires it.
    [[nodiscard]] bool rest(slot_type& s) noexcept
    {
        pending_wake wake;
        {
            const std::lock_guard lock{mutex_};
            if (must_leave(s))
                return false;
            rest_here(s, wake);
        }
        wake.fire();
        return true;
    }

    /// What is idle was used since the housekeeper looked last, that is, in the tick that ends now: it rests from now on.
    void let_rest(slot_type& s, time_point last_use) noexcept
    {
        pending_wake wake;
        {
            const std::lock_guard lock{mutex_};
            if (base::doing(s) != state::idle || !base::claim_from_idle(s, state::service))
                return;
            s.last_use.store(last_use);
            if (must_leave(s))
                s.cell.publish(state::rested); // where whoever retires finds it
            else
                rest_here(s, wake);
        }
        wake.fire();
    }

    /// Decides anew whether returns have to look if their slot must leave: some lent slots must.
    void review_leaving() noexcept
    {
        const std::lock_guard lock{mutex_};
        review();
    }

protected:
    // All of the following with the mutex held.

    void review() noexcept
    {
        leaving_ = gate_ != gate::open;
        for (slot_type& s : table_)
            leaving_ = leaving_ || (base::has_resource(s) && must_leave(s));
        raise_attention();
    }

    // A resource that was in use up to now rests until the pool is resumed.
    void park(slot_type& s) noexcept
    {
        s.last_use.store(base::tick());
        s.cell.publish(state::parked);
    }

    // The slot is the waiter's. He may have been the one who watched over others.
    void grant(waiter& w, slot_type& s, pending_wake& wake) noexcept
    {
        settle_with(w, s, wake);
        share_left_idle();
    }

    // Whoever watched over slots that were left idle has gone; what is still idle goes to those who wait, since nobody
    // else would tell them.
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

    // The caller's slot may be created in, by or for the oldest waiter, or by whoever comes.
    void open_place(slot_type& s, pending_wake& wake) noexcept
    {
        if (front() == nullptr || !creations_.allows_another() || !base::needs_another())
            s.cell.publish(state::empty);
        else
            create_for_oldest(s, wake);
    }

    // Somebody who waits may create, if that is allowed and there is an empty slot; whether it is so.
    [[nodiscard]] bool let_another_create(pending_wake& wake) noexcept
    {
        if (front() == nullptr || !creations_.allows_another())
            return false;
        slot_type* const s = table_.claim_empty();
        if (s != nullptr)
            create_for_oldest(*s, wake);
        return s != nullptr;
    }

    // He leaves the queue with that word.
    void dismiss(waiter& w, wait_word how, pending_wake& wake) noexcept
    {
        queue_.remove(w);
        raise_attention();
        wake.remember(w);
        static_cast<void>(w.settle(how));
    }

private:
    // A slot of the thread's own stays its own.
    [[gnu::always_inline]] void set_free(slot_type& s, bool some_are_owned) noexcept
    {
        if constexpr (biases<locking>)
            if (some_are_owned && s.cell.load() == state::biased)
                return s.bias.give_back();
        s.cell.publish(state::idle);
        table_.returned(s);
    }

    // Somebody came in between: who has the slot now sees to him, if not we.
    [[nodiscard, gnu::noinline, gnu::cold]] bool take_back(slot_type& s, departures::note& note) noexcept
    {
        const bool again = base::claim(s, state::idle, state::lent);
        note.end();
        return !again || give_back_slowly(s);
    }

    void create_for_oldest(slot_type& s, pending_wake& wake) noexcept
    {
        if (base::creates_apart())
            base::have_created(s, wake);
        else
            base::begin_creating(s), grant(*front(), s, wake);
    }

    void end_creating(slot_type& s, state next) noexcept
    {
        if (s.cell.load() == state::creating)
            creations_.end();
        s.cell.publish(next);
    }

    void leave_empty(slot_type& s, pending_wake& wake) noexcept
    {
        end_creating(s, state::service);
        s.retire_at.store(time_point::max()); // it may have been condemned while it was creating
        if (!base::lends() || too_many()) {
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

    // A resource beyond the usable slots has gone.
    void open_one_instead(pending_wake& wake) noexcept
    {
        if (!some_beyond_)
            return;
        const bool open_one = withheld() > beyond();
        some_beyond_ = beyond() != 0;
        for (std::size_t i = 0; open_one && i != usable_; ++i)
            if (table_[i].cell.claim(state::out, state::service))
                return open_place(table_[i], wake);
    }

    void rest_here(slot_type& s, pending_wake& wake) noexcept
    {
        waiter* const w = front();
        if (gate_ == gate::suspended || (gate_ == gate::draining && w == nullptr))
            s.cell.publish(state::parked);
        else if (w != nullptr)
            s.was_rested = true, s.cell.publish(state::lent), grant(*w, s, wake);
        else
            s.cell.publish(state::rested), table_.returned(s);
    }

    // Somebody waits, but need not be told of this slot.
    [[nodiscard]] bool may_return_quietly(const slot_type& s) const noexcept
    {
        if constexpr (biases<locking>)
            if (s.cell.load() == state::biased)
                return false;
        return s.quiet_returns != 0 && is_patient() && departures::mine() != nullptr;
    }
    [[nodiscard]] bool is_patient() const noexcept
    {
        return (attention_.now() & ~attention_type::owned) == (attention_type::waiters | attention_type::patient);
    }

    [[nodiscard]] bool return_quietly(slot_type& s) noexcept
    {
        departures::note* const note = departures::mine();
        note->begin(&attention_);
        --s.quiet_returns;
        ++s.returned_quietly;
        s.cell.publish(state::idle);
        table_.returned(s);
        locking::order_release(); // pairs with order_sleep in lose_patience and raise_attention
        if (!is_patient()) [[unlikely]]
            return take_back(s, *note);
        note->end();
        return true;
    }

    [[nodiscard, gnu::noinline]] bool give_back_slowly(slot_type& s) noexcept
    {
        if constexpr (attention_type::knows_patience)
            if (may_return_quietly(s))
                return return_quietly(s);
        pending_wake wake;
        bool kept = true;
        if constexpr (!locking::guarded && locking::waits)
            departures::enroll(); // from the next time on it is quick
        {
            const std::lock_guard lock{mutex_};
            if constexpr (biases<locking>)
                if (s.cell.load() == state::biased)
                    base::end_own(s, state::lent);
            kept = pass_on(s, wake);
        }
        wake.fire();
        return kept;
    }

    // The slot goes to the oldest waiter if he has waited long enough, else it becomes free.
    [[nodiscard]] bool pass_on(slot_type& s, pending_wake& wake) noexcept
    {
        waiter* const oldest = front();
        if (attention_.now() != 0 && must_leave(s))
            return false;
        if (gate_ == gate::suspended || (gate_ == gate::draining && oldest == nullptr)) {
            park(s);
            return true;
        }
        if (oldest == nullptr) {
            s.cell.publish(state::idle);
            table_.returned(s);
            return true;
        }
        if constexpr (locking::waits) {
            if (gate_ == gate::draining) { // newcomers get nothing any more, so there is nobody to compete
                s.was_rested = false;
                grant(*oldest, s, wake);
                return true;
            }
            const auto turn = queue_.next(s, clock::now());
            if (turn.heir != nullptr) {
                s.was_rested = false;
                grant(*turn.heir, s, wake);
            } else {
                s.cell.publish(state::idle);
                table_.returned(s);
                left_idle_ = true;
                queue_.left_idle(turn.overtaking_ends, wake);
                if constexpr (attention_type::knows_patience)
                    if (turn.quiet)
                        attention_.be_patient(queue_);
            }
        }
        return true;
    }

    // Cancelling needs the mutex too, so whoever is in the queue can still be granted.
    void settle_with(waiter& w, slot_type& s, pending_wake& wake) noexcept
    {
        w.slot = &s;
        dismiss(w, wait_word::granted, wake);
    }
};

} // namespace steward::inline v0::detail
