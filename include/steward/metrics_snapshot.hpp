// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/time.hpp>

#include <algorithm>
#include <cstddef>
#include <cstdint>

namespace steward {

/// A sum of durations: how many, how long together, the longest.
struct duration_summary {
    std::uint64_t count = 0;
    std::chrono::nanoseconds total{0};
    std::chrono::nanoseconds max{0};

    [[nodiscard]] constexpr std::chrono::nanoseconds average() const noexcept
    {
        return count == 0 ? std::chrono::nanoseconds{0} : total / static_cast<std::int64_t>(count);
    }

    constexpr void merge(const duration_summary& other) noexcept
    {
        count += other.count;
        total += other.total;
        max = std::max(max, other.max);
    }
};

/// What a metrics policy counted for one resource, read at one moment while others may go on.
///
/// `active`, `size` and `available` come from the pool and agree with its slots; the rest is the policy's.
/// A field that the policy does not measure is zero.
struct metrics_snapshot {
    std::uint64_t acquisitions = 0;  ///< leases that were handed out
    std::uint64_t releases = 0;      ///< leases that came back
    std::uint64_t failures = 0;      ///< acquisitions that failed, time-outs apart
    std::uint64_t timeouts = 0;      ///< acquisitions that ended at their deadline
    std::uint64_t creations = 0;     ///< resources that the adapter created
    std::uint64_t retirements = 0;   ///< resources that were destroyed
    std::uint64_t peak = 0;          ///< most leases at once, where the policy knows
    std::size_t active = 0;          ///< leases that are out now
    std::size_t size = 0;            ///< live resources
    std::size_t available = 0;       ///< live resources that nobody holds
    duration_summary hold_time{};    ///< from hand-out to return; `sampled` measures every n-th
    duration_summary acquire_time{}; ///< of acquisitions that had to wait or create; the others take nanoseconds
};

} // namespace steward
