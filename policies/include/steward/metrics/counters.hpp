// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/counter.hpp>
#include <steward/detail/atomic_time.hpp>
#include <steward/metrics_snapshot.hpp>
#include <steward/policy.hpp>

#include <array>
#include <cstddef>

namespace steward::inline v0::metrics {

/// Counts acquisitions, releases, failures by code, creations, health checks that failed and retirements by reason.
///
/// Choose it when totals are enough; `sampled` adds times. Cost: one plain increment in the slot's own cache line
/// (releases follow from what is still out); no read-modify-write, no clock.
/// Threads: a slot's counters are written by its holder only; a report may read them at any time.
struct counters : policy {
    struct per_slot {
        holder_counter acquired;
    };
    struct per_resource { // slow paths, any thread
        std::array<shared_counter, error_codes> failures;
        std::array<shared_counter, retirement_reasons> retirements;
        shared_counter creations, create_failures, validation_failures;
        steward::detail::atomic_time last_failed{time_point{}};
    };

    static void on_acquired(per_resource&, per_slot& slot, const acquired_event&) noexcept
    {
        slot.acquired.increment();
    }
    static void on_failed(per_resource& resource, const failed_event& event) noexcept
    {
        resource.failures[static_cast<std::size_t>(event.code)].increment();
        resource.last_failed.store(clock::now());
    }
    static void on_created(per_resource& resource, const created_event&) noexcept { resource.creations.increment(); }
    static void on_create_failed(per_resource& resource) noexcept { resource.create_failures.increment(); }
    static void on_validated(per_resource& resource, bool good) noexcept
    {
        if (!good)
            resource.validation_failures.increment();
    }
    static void on_retired(per_resource& resource, const retired_event& event) noexcept
    {
        resource.retirements[static_cast<std::size_t>(event.why)].increment();
    }

    static void report(const per_resource& resource, metrics_snapshot& out)
    {
        for (std::size_t i = 0; i != resource.failures.size(); ++i) {
            const std::uint64_t n = resource.failures[i].value();
            out.failures_by[i] += n;
            (i == static_cast<std::size_t>(errc::timed_out) ? out.timeouts : out.failures) += n;
        }
        for (std::size_t i = 0; i != resource.retirements.size(); ++i) {
            const std::uint64_t n = resource.retirements[i].value();
            out.retired_by[i] += n;
            out.retirements += n;
        }
        out.creations += resource.creations.value();
        out.create_failures += resource.create_failures.value();
        out.validation_failures += resource.validation_failures.value();
        out.last_failed = std::max(out.last_failed, resource.last_failed.load());
    }
    static void report(const per_slot& slot, metrics_snapshot& out) noexcept
    {
        out.acquisitions += slot.acquired.value();
    }
};

} // namespace steward::inline v0::metrics
