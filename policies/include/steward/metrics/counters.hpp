// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/counter.hpp>
#include <steward/metrics_snapshot.hpp>
#include <steward/policy.hpp>

namespace steward::metrics {

/// Counts acquisitions, releases, failures, time-outs, creations and retirements.
///
/// Choose it when totals are enough; `sampled` adds times. Cost: one plain increment in the slot's own cache line
/// (releases follow from what is still out); no read-modify-write, no clock.
/// Threads: a slot's counters are written by its holder only; a report may read them at any time.
struct counters : policy {
    struct per_slot {
        holder_counter acquired;
    };
    struct per_resource {
        shared_counter failures, timeouts, creations, retirements; // slow paths, any thread
    };

    static void on_acquired(per_resource&, per_slot& slot, const acquired_event&) noexcept
    {
        slot.acquired.increment();
    }
    static void on_failed(per_resource& resource, const failed_event& event) noexcept
    {
        (event.code == errc::timed_out ? resource.timeouts : resource.failures).increment();
    }
    static void on_created(per_resource& resource) noexcept { resource.creations.increment(); }
    static void on_retired(per_resource& resource) noexcept { resource.retirements.increment(); }

    static void report(const per_resource& resource, metrics_snapshot& out) noexcept
    {
        out.failures += resource.failures.value();
        out.timeouts += resource.timeouts.value();
        out.creations += resource.creations.value();
        out.retirements += resource.retirements.value();
    }
    static void report(const per_slot& slot, metrics_snapshot& out) noexcept
    {
        out.acquisitions += slot.acquired.value();
    }
};

} // namespace steward::metrics
