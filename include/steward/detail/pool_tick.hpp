// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/time.hpp>

#include <atomic>

namespace steward::inline v0::detail {

/// A pool's time. Any thread sets it, and it never goes back; it starts with the moment in which it is made.
class pool_tick {
public:
    /// It is `now`, unless it is later already; the tick before.
    time_point advance(time_point now) noexcept
    {
        const duration::rep wanted = now.time_since_epoch().count();
        duration::rep before = value_.load(std::memory_order_relaxed);
        while (before < wanted && !value_.compare_exchange_weak(before, wanted, std::memory_order_relaxed)) {}
        return time_point{duration{before}};
    }

    [[nodiscard]] time_point now() const noexcept
    {
        return time_point{duration{value_.load(std::memory_order_relaxed)}};
    }

private:
    std::atomic<duration::rep> value_{clock::now().time_since_epoch().count()};
};

} // namespace steward::inline v0::detail
