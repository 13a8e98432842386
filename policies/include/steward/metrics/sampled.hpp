// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/metrics/counters.hpp>

#include <cstdint>

namespace steward::metrics {

/// A sum of durations that one thread at a time adds to and any thread may read.
class holder_durations {
public:
    void add(std::chrono::nanoseconds span) noexcept
    {
        const auto nanoseconds = static_cast<std::uint64_t>(span.count() < 0 ? 0 : span.count());
        count_.increment();
        total_.add(nanoseconds);
        if (nanoseconds > max_.value())
            max_.set(nanoseconds);
    }

    [[nodiscard]] duration_summary summary() const noexcept
    {
        return {.count = count_.value(),
                .total = std::chrono::nanoseconds{static_cast<std::int64_t>(total_.value())},
                .max = std::chrono::nanoseconds{static_cast<std::int64_t>(max_.value())}};
    }

private:
    holder_counter count_, total_, max_;
};

/// Counts everything that `counters` does, and measures how long every N-th lease of a slot is held.
///
/// Choose it for times that cost next to nothing: reading the clock is what costs most. Times of waiting and
/// creating are measured for all acquisitions that do, since those read the clock anyway. Cost: `counters` and one
/// test; for every N-th lease two clock reads.
template <std::uint64_t N>
struct sampled : policy {
    static_assert(N > 0, "steward::metrics::sampled: N must be at least 1");

    struct per_slot {
        counters::per_slot counts;
        holder_durations held, acquired;
    };
    struct per_resource {
        counters::per_resource counts;
    };
    /// When the lease began, or the epoch for one that is not measured.
    struct per_lease {
        time_point since{};
    };

    static void on_acquired(per_resource& resource, per_slot& slot, per_lease& lease,
                            const acquired_event& event) noexcept
    {
        lease.since = slot.counts.acquired.value() % N == 0 ? clock::now() : time_point{};
        counters::on_acquired(resource.counts, slot.counts, event);
        if (event.slow)
            slot.acquired.add(event.waited);
    }
    static void on_released(per_resource&, per_slot& slot, per_lease& lease, const released_event&) noexcept
    {
        if (lease.since != time_point{})
            slot.held.add(clock::now() - lease.since);
    }
    static void on_failed(per_resource& resource, const failed_event& event) noexcept
    {
        counters::on_failed(resource.counts, event);
    }
    static void on_created(per_resource& resource) noexcept { counters::on_created(resource.counts); }
    static void on_retired(per_resource& resource) noexcept { counters::on_retired(resource.counts); }

    static void report(const per_resource& resource, metrics_snapshot& out) noexcept
    {
        counters::report(resource.counts, out);
    }
    static void report(const per_slot& slot, metrics_snapshot& out) noexcept
    {
        counters::report(slot.counts, out);
        out.hold_time.merge(slot.held.summary());
        out.acquire_time.merge(slot.acquired.summary());
    }
};

} // namespace steward::metrics
