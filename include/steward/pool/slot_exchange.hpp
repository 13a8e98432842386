// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/error.hpp>
#include <steward/pool/slot_handover.hpp>
#include <steward/pool/slot_wait.hpp>
#include <steward/wait_limit.hpp>

#include <algorithm>
#include <cstddef>
#include <expected>
#include <mutex>

namespace steward::inline v0::detail {

/// The whole life of slots between those who want them: waiting for one, and taking slots out of use and back
/// (fewer slots, suspending, draining, closing, condemning) beneath those who go on.
template <class Shape>
class slot_exchange : public slot_handover<Shape> {
    template <class Exchange>
    friend class slot_wait;

protected:
    using base = slot_handover<Shape>;
    using typename base::gate;
    using typename base::locking;
    using typename base::state;

    using base::beyond;
    using base::front;
    using base::gate_;
    using base::leaving_;
    using base::mutex_;
    using base::queue_;
    using base::raise_attention;
    using base::some_beyond_;
    using base::table_;
    using base::too_many;
    using base::usable_;

public:
    using typename base::slot_type;
    using taken = std::expected<slot_type*, errc>;

    /// Waits for a slot: one that is lent to the caller, or one to create in. `start` is when the caller came.
    /// `late` retires a slot that came too late and must leave; `most` is how many may wait at once.
    [[nodiscard]] taken wait(time_point start, const wait_limit& limit, duration standard, std::size_t most,
                             retirer<slot_type> late)
    {
        if constexpr (locking::waits)
            return slot_wait<slot_exchange>{*this, start, limit, standard, most, late}.run();
        else
            return std::unexpected{base::refusal()};
    }

    /// All resources that there are now must leave: what is lent at its return, what is free before it is lent again.
    void condemn() noexcept
    {
        {
            const std::lock_guard lock{mutex_};
            leaving_ = true;
            raise_attention();
            for (slot_type& s : table_)
                if (base::has_resource(s)) {
                    s.retire_at.store(time_point::min());
                    static_cast<void>(base::claim_from_idle(s, state::rested)); // which the fast path does not take
                }
        }
        nudge_all(); // whoever freed one of them meanwhile finds it taken from him, and tells nobody
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

    /// How many may be in creation at once; `gently`: after a failure one at first, then twice as many with each
    /// success. `apart`, if it is not null, is what starts a creation that its caller does not do himself.
    void limit_creating(std::size_t most, bool gently, void (*apart)(void*, void*) noexcept, void* creator) noexcept
    {
        {
            const std::lock_guard lock{mutex_};
            base::creations_.set(std::min(most, base::capacity), gently);
            base::creator_ = creator;
            base::create_apart_.store(apart, std::memory_order_relaxed);
        }
        nudge_all();
    }

    /// Nobody gets a slot until `resume`; those who come wait.
    void suspend() noexcept
    {
        const std::lock_guard lock{mutex_}; // to the end: `resume` must find all slots out of use, or none
        if (gate_ == gate::closed || gate_ == gate::draining)
            return;
        gate_ = gate::suspended;
        park_all();
    }

    /// Slots that come back are free again. False if the pool was not suspended; else the caller brings back what is
    /// parked, and then calls `reopen`.
    [[nodiscard]] bool end_suspension() noexcept { return leave_gate(gate::suspended); }

    /// The same for a pool that is closed and has no resources any more.
    [[nodiscard]] bool end_closing() noexcept { return leave_gate(gate::closed); }

    /// Empty slots may be used again.
    void reopen() noexcept
    {
        {
            const std::lock_guard lock{mutex_};
            reopen_empty();
        }
        base::review_leaving();
        nudge_all();
    }

    /// Those who wait are still served, newcomers are not. Who waits for the end of a suspension is refused as well.
    void drain() noexcept
    {
        bool serves = true;
        {
            const std::lock_guard lock{mutex_};
            if (gate_ == gate::closed)
                return;
            serves = gate_ != gate::suspended;
            base::left_idle_ = true;
            base::share_left_idle();
            gate_ = gate::draining;
            park_all();
        }
        while (!serves && dismiss_oldest(wait_word::closed)) {}
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
        while (dismiss_oldest(wait_word::closed)) {}
    }

    /// Creating fails and will go on failing: all who wait learn it.
    void fail_all() noexcept
    {
        for (std::size_t n = base::waiting(); n != 0 && dismiss_oldest(wait_word::failed); --n) {}
    }

    /// Nobody could create for the one who waits longest.
    void fail_oldest() noexcept { static_cast<void>(dismiss_oldest(wait_word::failed)); }

    /// Whether the slot may not be lent again: the pool is closed or smaller, or the resource's time is over.
    [[nodiscard]] bool must_go(const slot_type& s) noexcept
    {
        const std::lock_guard lock{mutex_};
        return base::must_leave(s);
    }

    /// Takes an empty slot out of use if it must leave, decided and done at once.
    void withdraw_empty(slot_type& s) noexcept
    {
        const std::lock_guard lock{mutex_};
        if (base::must_leave(s))
            static_cast<void>(s.cell.claim(state::empty, state::out));
    }

private:
    // For somebody who is in the queue: a slot that he can have now. Where others create, they are asked to; `newcomer`:
    // whatever they are at work on already.
    [[nodiscard]] slot_type* find_for_waiter(bool newcomer) noexcept
    {
        slot_type* const found = base::claim_any();
        if (found == nullptr && base::creates_apart()) {
            pending_wake wake;
            {
                const std::lock_guard lock{mutex_};
                if (newcomer || base::needs_another())
                    static_cast<void>(base::let_another_create(wake));
            }
            wake.fire();
        }
        return found;
    }

    // For somebody who does not wait: where others create he finds something later, if there is nothing now.
    void have_one_created() noexcept
    {
        if (!base::creates_apart())
            return;
        pending_wake wake;
        {
            const std::lock_guard lock{mutex_};
            if (gate_ == gate::open && base::creations_.allows_another()
                && base::creations_.under_way() <= queue_.size())
                if (slot_type* const s = table_.claim_empty())
                    base::have_created(*s, wake);
        }
        wake.fire();
    }

    [[nodiscard]] bool leave_gate(gate from) noexcept
    {
        const std::lock_guard lock{mutex_};
        if (gate_ != from)
            return false;
        gate_ = gate::open;
        return true;
    }

    // With the mutex held: what is free is out of reach of those who claim.
    void park_all() noexcept
    {
        leaving_ = true;
        raise_attention();
        for (slot_type& s : table_)
            if (!s.cell.claim(state::empty, state::out) && !s.cell.claim(state::rested, state::parked)
                && base::claim_from_idle(s, state::service)) {
                if (gate_ == gate::draining && front() != nullptr) // it came back since those who wait were served
                    serve_oldest(s);
                else
                    base::park(s);
            }
    }

    void serve_oldest(slot_type& s) noexcept
    {
        pending_wake wake;
        s.was_rested = false;
        s.cell.publish(state::lent);
        base::grant(*front(), s, wake);
        wake.fire();
    }

    // With the mutex held: empty slots that were out of use and may be used.
    void reopen_empty() noexcept
    {
        if (gate_ == gate::open)
            for (std::size_t i = 0; i != usable_ && (!some_beyond_ || base::withheld() > beyond()); ++i)
                static_cast<void>(table_[i].cell.claim(state::out, state::empty));
    }

    // More became free at once than one release frees: everybody looks again.
    void nudge_all() noexcept
    {
        const std::lock_guard lock{mutex_};
        queue_.for_each([](waiter& w) {
            pending_wake wake;
            tell(w, wait_word::nudged, wake);
            wake.fire();
        });
    }

    // The waiter leaves the queue by himself, or is made to: false if somebody has settled with him before.
    [[nodiscard]] bool leave_queue(waiter& w) noexcept
    {
        const std::lock_guard lock{mutex_};
        if (!w.settle(wait_word::cancelled))
            return false;
        queue_.remove(w);
        raise_attention();
        base::share_left_idle();
        return true;
    }

    [[nodiscard]] bool dismiss_oldest(wait_word how) noexcept
    {
        pending_wake wake;
        {
            const std::lock_guard lock{mutex_};
            waiter* const w = front();
            if (w == nullptr)
                return false;
            base::dismiss(*w, how, wake);
            base::share_left_idle();
        }
        wake.fire();
        return true;
    }
};

} // namespace steward::inline v0::detail
