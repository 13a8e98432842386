// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/time.hpp>

#include <algorithm>
#include <atomic>

namespace steward::inline v0::detail {

/// How long a slot must be in use for handing it over to be worth its cost.
///
/// Waking a sleeper takes a few microseconds or, across idle processors of a virtual machine, tens of them, in which
/// the slot does nothing. The pace follows what that was measured to take: fifty times as long, so that a fiftieth of
/// the time goes there, but never more than 500 µs, so that nobody waits longer than that for a turn.
class hand_over_pace {
public:
    void measured(duration cost) noexcept
    {
        const duration::rep before = cost_.load(std::memory_order_relaxed);
        cost_.store(before + (cost.count() - before) / 8, std::memory_order_relaxed);
    }

    [[nodiscard]] duration current() const noexcept
    {
        const duration wanted = duration{cost_.load(std::memory_order_relaxed)} * 50;
        return std::clamp<duration>(wanted, std::chrono::microseconds{100}, std::chrono::microseconds{500});
    }

private:
    std::atomic<duration::rep> cost_{0};
};

} // namespace steward::inline v0::detail
