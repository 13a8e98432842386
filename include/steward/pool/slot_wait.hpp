// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/error.hpp>
#include <steward/pool/slot_cell.hpp>
#include <steward/pool/wait_queue.hpp>
#include <steward/time.hpp>

#include <algorithm>
#include <expected>
#include <mutex>
#include <thread>

namespace steward::detail {

/// Destroys the resource of a slot: what the exchange, which knows no resources, asks the pool for.
template <class Slot>
struct retirer {
    void* keeper;
    void (*retire)(void* keeper, Slot&) noexcept;
};

/// One caller's wait for a slot of an exchange. It lives on his stack.
///
/// He announces himself, looks once more, and sleeps until he is granted a slot, the pool closes, or his deadline
/// comes. The deadline was computed once: nothing that happens meanwhile extends it. Asleep he costs nothing.
template <class Exchange>
class slot_wait {
    using slot_type = typename Exchange::slot_type;
    using taken = typename Exchange::taken;
    using locking = typename Exchange::locking;
    using state = slot_state;

public:
    slot_wait(Exchange& slots, time_point start, time_point deadline, retirer<slot_type> late) noexcept
        : slots_{slots}, start_{start}, deadline_{deadline}, late_{late}
    {
    }

    [[nodiscard]] taken run()
    {
        if (slot_type* s = look_again())
            return s;
        {
            const std::lock_guard lock{slots_.mutex_};
            if (slots_.gate_ == Exchange::gate::closed || deadline_ <= start_)
                return std::unexpected{slots_.refusal()};
            self_.since = start_;
            slots_.queue_.push(self_, slots_.usable_);
            if (self_.guards)
                alarm_ = std::min(self_.look_at.load(), deadline_);
            slots_.raise_attention();
        }
        if (slot_type* s = slots_.claim_any())
            return withdraw(*s);
        return sleep();
    }

private:
    // A spinning policy looks for a while; a time-out of zero that meets slots in service, which will be free in
    // a moment, does so too.
    [[nodiscard]] slot_type* look_again() noexcept
    {
        const bool at_once = deadline_ <= start_;
        const time_point end =
            at_once ? start_ + wait_queue::overtaking_time : std::min(deadline_, start_ + duration{locking::spin_time});
        while (clock::now() < end && (!at_once || slots_.count().in_service != 0)) {
            std::this_thread::yield();
            if (slot_type* s = slots_.claim_any())
                return s;
        }
        return at_once ? slots_.claim_any() : nullptr; // the service may have ended since the last look
    }

    [[nodiscard]] taken sleep() noexcept
    {
        for (;;) {
            switch (self_.look()) {
            case wait_word::granted:
                if (self_.granted_at != time_point{})
                    slots_.queue_.hand_over_took(clock::now() - self_.granted_at);
                return static_cast<slot_type*>(self_.slot);
            case wait_word::closed: return std::unexpected{errc::closed};
            case wait_word::alerted:
                if (self_.change(wait_word::alerted, wait_word::waiting))
                    alarm_ = std::min(self_.look_at.load(), deadline_);
                continue;
            case wait_word::nudged:
                if (self_.change(wait_word::nudged, wait_word::waiting))
                    if (slot_type* s = claim_after_releases())
                        return withdraw(*s);
                continue;
            case wait_word::waiting:
            case wait_word::cancelled: break;
            }
            futex_wait(self_.word, static_cast<std::uint32_t>(wait_word::waiting), alarm_);
            if (self_.look() != wait_word::waiting)
                continue;
            const time_point now = clock::now();
            if (now >= deadline_)
                return give_up();
            if (now >= alarm_) {
                alarm_ = deadline_;
                if (slot_type* s = claim_after_releases())
                    return withdraw(*s);
            }
        }
    }

    // Whoever left a slot idle while this waiter was on guard did so under the mutex, so it is seen now; whoever does
    // so from now on tells him again.
    [[nodiscard]] slot_type* claim_after_releases() noexcept
    {
        {
            const std::lock_guard lock{slots_.mutex_};
            self_.guards = false;
        }
        return slots_.claim_any();
    }

    // He found a slot himself. If he was granted another meanwhile, one of them goes back.
    [[nodiscard]] taken withdraw(slot_type& found) noexcept
    {
        if (slots_.leave_queue(self_))
            return &found;
        if (found.cell.load() == state::creating)
            slots_.vacate(found);
        else if (!slots_.give_back(found))
            late_.retire(late_.keeper, found);
        return settled();
    }

    [[nodiscard]] taken give_up() noexcept
    {
        if (!slots_.leave_queue(self_))
            return settled();
        if (slot_type* s = slots_.claim_any()) // what was freed at the last moment is not lost
            return s;
        const std::lock_guard lock{slots_.mutex_};
        return std::unexpected{slots_.refusal()};
    }

    [[nodiscard]] taken settled() const noexcept
    {
        if (self_.look() == wait_word::granted)
            return static_cast<slot_type*>(self_.slot);
        return std::unexpected{errc::closed};
    }

    Exchange& slots_;
    time_point start_;
    time_point deadline_;
    time_point alarm_ = deadline_; ///< when to wake at the latest
    retirer<slot_type> late_;
    waiter self_;
};

} // namespace steward::detail
