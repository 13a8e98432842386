// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <atomic>
#include <cstdint>

namespace steward::inline v0::detail {

/// How often threads must have looked for a slot before one of them gets his for his own: eight times as often each time
/// that one was taken away, which costs some microseconds, and half as often again with each tick.
///
/// A thread that gets the slot that it used last does not look for one, so whoever works alone pays once, while threads
/// that come and go, or are more than there are slots, soon pay a price that is never reached. Threads: any; a count that
/// is lost does no harm.
class bias_price {
public:
    explicit bias_price(std::uint32_t first) noexcept : first_{first}, price_{first} {}

    /// Somebody has found a slot: whether he may have it for his own.
    [[nodiscard]] bool pay() noexcept
    {
        const std::uint32_t paid = paid_.load(std::memory_order_relaxed) + 1;
        const bool enough = paid >= price_.load(std::memory_order_relaxed);
        paid_.store(enough ? 0 : paid, std::memory_order_relaxed);
        return enough;
    }

    void taken_away() noexcept
    {
        const std::uint32_t now = price_.load(std::memory_order_relaxed);
        price_.store(std::max(first_, std::min(now * 8, most)), std::memory_order_relaxed);
    }

    void tick() noexcept
    {
        price_.store(std::max(first_, price_.load(std::memory_order_relaxed) / 2), std::memory_order_relaxed);
    }

private:
    static constexpr std::uint32_t most = 1U << 20;

    std::uint32_t first_;
    std::atomic<std::uint32_t> price_;
    std::atomic<std::uint32_t> paid_{0};
};

} // namespace steward::inline v0::detail
