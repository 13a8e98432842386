// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/metrics_snapshot.hpp>
#include <steward/policy.hpp>

#include <atomic>
#include <cstdint>

namespace steward::inline v0::metrics {

/// Finds out how many leases were out at once, at the most.
///
/// Choose it to find the size that a pool needs, beside others: `all<counters, peak>`. Cost: two atomic additions to a
/// word that all threads share, which is what the other policies avoid.
/// Threads: exact, whatever threads do at once.
struct peak : policy {
    struct per_resource {
        std::atomic<std::uint64_t> now{0}, most{0};
    };

    static void on_acquired(per_resource& resource, auto&, const acquired_event&) noexcept
    {
        const std::uint64_t now = resource.now.fetch_add(1, std::memory_order_relaxed) + 1;
        std::uint64_t most = resource.most.load(std::memory_order_relaxed);
        while (now > most && !resource.most.compare_exchange_weak(most, now, std::memory_order_relaxed)) {}
    }
    static void on_released(per_resource& resource, auto&, const released_event&) noexcept
    {
        resource.now.fetch_sub(1, std::memory_order_relaxed);
    }

    static void report(const per_resource& resource, metrics_snapshot& out) noexcept
    {
        out.peak = resource.most.load(std::memory_order_relaxed);
    }
};

} // namespace steward::inline v0::metrics
