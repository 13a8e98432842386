// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/error.hpp>
#include <steward/pool/slot_cell.hpp>
#include <steward/pool/wait_queue.hpp>
#include <steward/time.hpp>
#include <steward/wait_limit.hpp>

#include <algorithm>
#include <cstddef>
#include <expected>
#include <mutex>
#include <optional>
#include <stop_token>
#include <thread>

namespace steward::inline v0::detail {

/// Destroys the resource of a slot: what the exchange, which knows no resources, asks the pool for.
template <class Slot>
struct retirer {
    void* keeper;
    void (*retire)(void* keeper, Slot&) noexcept;
};

/// One caller's wait for a slot of an exchange. It lives on his stack.
///
/// He announces himself, looks once more, and sleeps until he is granted a slot, the pool closes, somebody cancels the
/// wait, or his deadline comes. The deadline was computed once: nothing that happens meanwhile extends it. Asleep he
/// costs nothing.
template <class Exchange>
class slot_wait {
    using slot_type = typename Exchange::slot_type;
    using taken = typename Exchange::taken;
    using locking = typename Exchange::locking;
    using waiting = typename Exchange::waiting_policy;
    using state = slot_state;

public:
    slot_wait(Exchange& slots, time_point start, const wait_limit& limit, duration standard, std::size_t most,
              retirer<slot_type> late) noexcept
        : slots_{slots}, limit_{limit}, start_{start}, deadline_{limit.deadline(start, standard)}, most_{most},
          late_{late}
    {
    }

    [[nodiscard]] taken run()
    {
        if (slot_type* s = look_again())
            return s;
        if (const auto refusal = join_queue()) {
            if (*refusal == errc::timed_out)
                slots_.have_one_created();
            return std::unexpected{*refusal};
        }
        if (slot_type* s = slots_.find_for_waiter(true))
            return withdraw(*s);
        return limit_.stoppable() ? sleep_until_stopped() : sleep();
    }

private:
    // A spinning policy looks for a while; a time-out of zero that meets slots in service, which will be free in
    // a moment, does so too.
    [[nodiscard]] slot_type* look_again() noexcept
    {
        if (slots_.must_queue())
            return nullptr;
        const bool at_once = deadline_ <= start_;
        const time_point end =
            at_once ? start_ + service_time : std::min(deadline_, start_ + duration{locking::spin_time});
        while (clock::now() < end && (!at_once || slots_.count().in_service != 0)) {
            std::this_thread::yield();
            if (slot_type* s = slots_.claim_any())
                return s;
        }
        return at_once ? slots_.claim_any() : nullptr; // the service may have ended since the last look
    }

    [[nodiscard]] std::optional<errc> join_queue() noexcept
    {
        const std::lock_guard lock{slots_.mutex_};
        if (const auto refusal = refused())
            return refusal;
        self_.since = start_;
        if constexpr (!waiting::sleeps)
            self_.wake = [](std::atomic<std::uint32_t>*) noexcept {}; // he is awake
        slots_.queue_.push(self_, slots_.usable_);
        set_alarm();
        slots_.raise_attention();
        return std::nullopt;
    }

    // With the mutex held: why he must not even begin to wait.
    [[nodiscard]] std::optional<errc> refused() const noexcept
    {
        if (slots_.gate_ == Exchange::gate::closed || slots_.gate_ == Exchange::gate::draining || deadline_ <= start_)
            return slots_.refusal();
        if (limit_.stop_requested())
            return errc::cancelled;
        if (slots_.queue_.size() >= most_)
            return errc::overloaded;
        return std::nullopt;
    }

    // Whoever asks him to stop settles with him as a holder would who grants.
    [[nodiscard]] taken sleep_until_stopped()
    {
        const auto cancel = [this]() noexcept {
            if (slots_.leave_queue(self_))
                futex_wake(&self_.word); // he cannot be gone: the end of `registered` waits for this
        };
        const std::stop_callback registered{limit_.stop(), cancel};
        return sleep();
    }

    [[nodiscard]] taken sleep() noexcept
    {
        for (;;) {
            switch (self_.look()) {
            case wait_word::granted:
                if (self_.granted_at != time_point{})
                    slots_.queue_.hand_over_took(clock::now() - self_.granted_at);
                return static_cast<slot_type*>(self_.slot);
            case wait_word::failed:
            case wait_word::closed:
            case wait_word::cancelled: return settled();
            case wait_word::alerted:
                if (self_.change(wait_word::alerted, wait_word::waiting))
                    alarm_ = std::min(self_.look_at.load(), deadline_);
                continue;
            case wait_word::nudged:
                if (self_.change(wait_word::nudged, wait_word::waiting))
                    if (slot_type* s = claim_after_releases())
                        return withdraw(*s);
                continue;
            case wait_word::waiting: break;
            }
            if constexpr (waiting::sleeps) {
                futex_wait(self_.word, static_cast<std::uint32_t>(wait_word::waiting), alarm_);
            } else {
                std::this_thread::yield();
                if (slot_type* s = slots_.find_for_waiter(false))
                    return withdraw(*s);
            }
            if (self_.look() != wait_word::waiting)
                continue;
            const time_point now = clock::now();
            if (now >= deadline_)
                return give_up();
            if (now >= alarm_)
                if (slot_type* s = claim_after_releases())
                    return withdraw(*s);
        }
    }

    void set_alarm() noexcept { alarm_ = self_.guards ? std::min(self_.look_at.load(), deadline_) : deadline_; }

    // Whoever left a slot idle while this waiter was on guard did so under the mutex, or found him patient, which ends
    // here with a fence: so it is seen now. Whoever does so from now on tells him again, or knows when he looks again.
    [[nodiscard]] slot_type* claim_after_releases() noexcept
    {
        {
            const std::lock_guard lock{slots_.mutex_};
            slots_.queue_.looks(self_, clock::now());
            set_alarm();
            if (slots_.front() == &self_)
                slots_.lose_patience();
        }
        return slots_.find_for_waiter(false);
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
        switch (self_.look()) {
        case wait_word::granted: return static_cast<slot_type*>(self_.slot);
        case wait_word::failed: return std::unexpected{errc::create_failed};
        case wait_word::cancelled: return std::unexpected{errc::cancelled};
        default: return std::unexpected{errc::closed};
        }
    }

    // How long a time-out of zero looks again at slots that the adapter is at work on.
    static constexpr duration service_time = std::chrono::microseconds{100};

    Exchange& slots_;
    const wait_limit& limit_;
    time_point start_;
    time_point deadline_;
    std::size_t most_;             ///< how many may wait
    time_point alarm_ = deadline_; ///< when to wake at the latest
    retirer<slot_type> late_;
    waiter self_;
};

} // namespace steward::inline v0::detail
