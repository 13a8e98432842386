// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <atomic>
#include <cstdint>
#include <type_traits>

namespace steward::inline v0::detail {

/// What stands for an atomic flag where there is one thread: compilers do not fold atomic loads into comparisons.
class plain_flags {
public:
    [[nodiscard]] std::uint8_t load(std::memory_order) const noexcept { return value_; }
    void store(std::uint8_t value, std::memory_order) noexcept { value_ = value; }

private:
    std::uint8_t value_ = 0;
};

/// What everybody who gives a slot back has to look at.
///
/// As somebody begins to wait, or slots are to leave, the fence is paid here, so that whoever finds it raised knows that every
/// release sees it; the second to wait does not pay again.
///
/// Threads: `now` any, the others with the pool's mutex held.
template <class Locking>
class attention {
public:
    static constexpr int waiters = 1; ///< somebody waits
    static constexpr int leavers = 2; ///< slots must leave when they come back
    static constexpr int owned = 4;   ///< slots are threads' own
    static constexpr int patient = 8; ///< the oldest waiter looks by himself in a moment

    /// Whether a waiter may be patient.
    static constexpr bool knows_patience = Locking::waits && !Locking::guarded;

    /// What there is.
    [[nodiscard]] int now(std::memory_order order = std::memory_order_relaxed) const noexcept
    {
        return value_.load(order);
    }

    /// From now on every release sees these; the oldest stays patient if he still looks soon. Whether he is it no more.
    template <class Queue>
    [[nodiscard]] bool raise(int calls, const Queue& queue) noexcept
    {
        const int before = now();
        bool lost_patience = false;
        if constexpr (knows_patience)
            if ((before & patient) != 0 && (calls & waiters) != 0) {
                lost_patience = !queue.oldest_looks_soon();
                calls |= lost_patience ? 0 : patient;
            }
        set(calls);
        // `owned` needs none: whoever gives back a slot that is his own has it from there, and it stays so until he has.
        if ((calls & ~before & ~owned) != 0 || lost_patience)
            Locking::order_sleep(); // pairs with order_release in give_back and return_quietly
        return lost_patience;
    }

    /// From now on the oldest finds what becomes free by himself, if he looks soon.
    template <class Queue>
    void be_patient(const Queue& queue) noexcept
    {
        if ((now() & patient) == 0 && queue.oldest_looks_soon())
            set(now() | patient);
    }

    /// He looks now, and whoever frees a slot that he does not see asks the queue. Whether he was patient.
    [[nodiscard]] bool lose_patience() noexcept
    {
        if ((now() & patient) == 0)
            return false;
        set(now() & ~patient);
        Locking::order_sleep(); // pairs with order_release in return_quietly
        return true;
    }

    /// In a child process: each slot is looked at under the mutex.
    void abandon() noexcept { set(leavers); }

private:
    void set(int value) noexcept { value_.store(static_cast<std::uint8_t>(value), std::memory_order_relaxed); }

    std::conditional_t<Locking::waits, std::atomic<std::uint8_t>, plain_flags> value_{};
};

} // namespace steward::inline v0::detail
