// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <atomic>
#include <cstdint>

namespace steward::inline v0 {

/// A counter that one thread at a time writes (the holder of a slot) and any thread may read.
///
/// A relaxed load and a relaxed store: no read-modify-write, the price of a plain increment.
class holder_counter {
public:
    /// Writing is the holder's alone.
    /// @{
    void add(std::uint64_t amount) noexcept
    {
        value_.store(value_.load(std::memory_order_relaxed) + amount, std::memory_order_relaxed);
    }
    void increment() noexcept { add(1); }
    void set(std::uint64_t value) noexcept { value_.store(value, std::memory_order_relaxed); }
    /// @}
    /// The count so far; by any thread.
    [[nodiscard]] std::uint64_t value() const noexcept { return value_.load(std::memory_order_relaxed); }

private:
    std::atomic<std::uint64_t> value_{0};
};

/// A counter that any thread may write: for slow paths.
class shared_counter {
public:
    /// Counts one more; by any thread.
    void increment() noexcept { value_.fetch_add(1, std::memory_order_relaxed); }
    /// The count so far; by any thread.
    [[nodiscard]] std::uint64_t value() const noexcept { return value_.load(std::memory_order_relaxed); }

private:
    std::atomic<std::uint64_t> value_{0};
};

} // namespace steward::inline v0
