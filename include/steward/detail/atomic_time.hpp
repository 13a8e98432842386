// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/time.hpp>

#include <atomic>

namespace steward::inline v0::detail {

/// A time that one thread at a time writes and others may read; never, until it is written.
class atomic_time {
public:
    atomic_time() = default;
    explicit constexpr atomic_time(time_point t) noexcept : value_{t.time_since_epoch().count()} {}

    void store(time_point t) noexcept { value_.store(t.time_since_epoch().count(), std::memory_order_relaxed); }
    [[nodiscard]] time_point load() const noexcept
    {
        return time_point{duration{value_.load(std::memory_order_relaxed)}};
    }

private:
    std::atomic<duration::rep> value_{duration::max().count()};
};

} // namespace steward::inline v0::detail
