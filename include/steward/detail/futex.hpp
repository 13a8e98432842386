// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/time.hpp>

#include <atomic>
#include <cstdint>

#if defined(__linux__)
#include <cerrno>
#include <ctime>
#include <limits>
#include <linux/futex.h>
#include <sys/syscall.h>
#include <unistd.h>
#else
#include <array>
#include <condition_variable>
#include <mutex>
#endif

/// Sleeping on a word until it changes or a time comes. A wake-up may be spurious; a time is on `steward::clock`.
///
/// `futex_wake` may be called after the word's thread has gone on and its stack frame is no more: only the address
/// is used.
namespace steward::inline v0::detail {

#if defined(__linux__)

/// Sleeps while `word` is `expected`, until `deadline` at most.
inline void futex_wait(std::atomic<std::uint32_t>& word, std::uint32_t expected, time_point deadline) noexcept
{
    const auto since_boot = std::chrono::duration_cast<std::chrono::nanoseconds>(deadline.time_since_epoch()).count();
    timespec until{};
    until.tv_sec = static_cast<time_t>(since_boot / 1'000'000'000);
    until.tv_nsec = static_cast<long>(since_boot % 1'000'000'000);
    // FUTEX_WAIT_BITSET takes an absolute time on CLOCK_MONOTONIC, which is what steady_clock is here.
    syscall(SYS_futex, &word, FUTEX_WAIT_BITSET_PRIVATE, expected, deadline == time_point::max() ? nullptr : &until,
            nullptr, FUTEX_BITSET_MATCH_ANY);
}

inline void futex_wake(std::atomic<std::uint32_t>* word) noexcept
{
    syscall(SYS_futex, word, FUTEX_WAKE_PRIVATE, 1, nullptr, nullptr, 0);
}

inline void futex_wake_all(std::atomic<std::uint32_t>* word) noexcept
{
    syscall(SYS_futex, word, FUTEX_WAKE_PRIVATE, std::numeric_limits<int>::max(), nullptr, nullptr, 0);
}

#else

/// Where the system has no futex, words share a few condition variables by their addresses.
struct parking_lot {
    std::mutex mutex;
    std::condition_variable changed;

    static parking_lot& of(const void* word) noexcept
    {
        static std::array<parking_lot, 64> lots;
        return lots[(reinterpret_cast<std::uintptr_t>(word) >> 6) % lots.size()];
    }
};

inline void futex_wait(std::atomic<std::uint32_t>& word, std::uint32_t expected, time_point deadline) noexcept
{
    parking_lot& lot = parking_lot::of(&word);
    std::unique_lock lock{lot.mutex};
    if (word.load() != expected)
        return;
    if (deadline == time_point::max())
        lot.changed.wait(lock);
    else
        lot.changed.wait_until(lock, deadline);
}

inline void futex_wake(std::atomic<std::uint32_t>* word) noexcept
{
    parking_lot& lot = parking_lot::of(word);
    const std::lock_guard lock{lot.mutex};
    lot.changed.notify_all(); // other words may share the lot
}

inline void futex_wake_all(std::atomic<std::uint32_t>* word) noexcept { futex_wake(word); }

#endif

} // namespace steward::inline v0::detail
