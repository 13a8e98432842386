// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/detail/futex.hpp>
#include <steward/locking/guarded_by.hpp>

#include <atomic>
#include <cstdint>
#include <thread>

namespace steward::inline v0::locking {

/// A lock that spins for a moment before it sleeps: for sections of a few nanoseconds.
///
/// The word is 0 (free), 1 (held) or 2 (held, and somebody may sleep).
class spin_mutex {
public:
    /// Spins for up to 100 yields, then sleeps.
    void lock() noexcept
    {
        for (int i = 0; i != attempts; ++i) {
            std::uint32_t expected = 0;
            if (word_.load(std::memory_order_relaxed) == 0
                && word_.compare_exchange_weak(expected, 1, std::memory_order_acquire))
                return;
            std::this_thread::yield();
        }
        while (word_.exchange(2, std::memory_order_acquire) != 0)
            detail::futex_wait(word_, 2, time_point::max());
    }

    /// Wakes one who sleeps, if somebody may.
    void unlock() noexcept
    {
        if (word_.exchange(0, std::memory_order_release) == 2)
            detail::futex_wake(&word_);
    }

private:
    // A yield takes about half a microsecond; after some 50 of them the holder is not running.
    static constexpr int attempts = 100;

    std::atomic<std::uint32_t> word_{0};
};

/// A spin lock around each claim and each return; a caller without a slot looks for 50 µs before it sleeps.
///
/// Choose it where there are more processors than threads and leases are shorter than a context switch. Cost: like
/// `mutex` alone; a waiting thread burns its processor for up to 50 µs.
struct spin : guarded_by<spin_mutex> {
    static constexpr duration spin_time = std::chrono::microseconds{50};
};

} // namespace steward::inline v0::locking
