// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/metrics_snapshot.hpp>
#include <steward/policy.hpp>
#include <steward/time_histogram.hpp>

#include <atomic>
#include <cstdint>

namespace steward::inline v0::metrics {

/// How the times of holding, of waiting and of creating are spread: percentiles to within 3 %, in histograms that add up.
///
/// Choose it where averages hide what users feel; `all<counters, histogram>` counts too. Alone it times each lease;
/// together with `sampled<N>` every N-th. Cost: for a lease that is timed two clock reads and an atomic increment; 30 KiB
/// for a resource.
struct histogram : policy {
    /// Each lease, unless a policy beside it says otherwise.
    static constexpr std::uint64_t measures_every = 1;
    static constexpr bool measures_what_others_do = true;

    /// The histogram of one kind of time. Threads: any may add, any may read.
    struct times {
        steward::detail::shared_time_histogram spread; ///< in how many buckets there is how much
        /// @{
        /// In nanoseconds; `count` is how many.
        std::atomic<std::uint64_t> total{0}, max{0}, count{0};
        /// @}

        /// Counts one time; a negative one is zero.
        void add(std::chrono::nanoseconds time) noexcept
        {
            const auto n = static_cast<std::uint64_t>(time.count() < 0 ? 0 : time.count());
            spread.add(time);
            count.fetch_add(1, std::memory_order_relaxed);
            total.fetch_add(n, std::memory_order_relaxed);
            std::uint64_t seen = max.load(std::memory_order_relaxed);
            while (seen < n && !max.compare_exchange_weak(seen, n, std::memory_order_relaxed)) {}
        }
        /// Adds what it holds to a summary.
        void add_to(duration_summary& out) const
        {
            out.merge({.count = count.load(std::memory_order_relaxed),
                       .total = std::chrono::nanoseconds{total.load(std::memory_order_relaxed)},
                       .max = std::chrono::nanoseconds{max.load(std::memory_order_relaxed)},
                       .spread = time_histogram{spread}});
        }
    };
    struct per_resource {
        times held, acquired, created;
    };
    struct per_slot {};

    static void on_acquired(per_resource& r, per_slot&, const acquired_event& event) noexcept
    {
        if (event.slow)
            r.acquired.add(event.waited);
    }
    static void on_released(per_resource& r, per_slot&, const released_event& event) noexcept
    {
        if (event.measured)
            r.held.add(event.held);
    }
    static void on_created(per_resource& r, const created_event& event) noexcept { r.created.add(event.took); }

    static void report(const per_resource& r, metrics_snapshot& out)
    {
        r.held.add_to(out.hold_time);
        r.acquired.add_to(out.acquire_time);
        r.created.add_to(out.create_time);
    }
};

} // namespace steward::inline v0::metrics
