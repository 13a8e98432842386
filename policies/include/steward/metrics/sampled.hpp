// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/metrics/counters.hpp>

#include <cstdint>

namespace steward::inline v0::metrics {

/// A sum of durations that one thread at a time adds to and any thread may read.
class holder_durations {
public:
    /// Counts one; a negative one is zero.
    void add(std::chrono::nanoseconds span) noexcept
    {
        const auto nanoseconds = static_cast<std::uint64_t>(span.count() < 0 ? 0 : span.count());
        count_.increment();
        total_.add(nanoseconds);
        if (nanoseconds > max_.value())
            max_.set(nanoseconds);
    }

    /// Adds what it holds to a summary.
    void add_to(duration_summary& out) const noexcept
    {
        out.count += count_.value();
        out.total += std::chrono::nanoseconds{static_cast<std::int64_t>(total_.value())};
        out.max = std::max(out.max, std::chrono::nanoseconds{static_cast<std::int64_t>(max_.value())});
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

    static constexpr std::uint64_t measures_every = N;

    struct per_slot {
        counters::per_slot counts;
        holder_durations held, acquired;
        steward::detail::atomic_time last_released{time_point{}}; ///< of the leases that were timed
        steward::detail::atomic_time last_acquired{time_point{}};
    };
    struct per_resource {
        counters::per_resource counts;
    };

    static void on_acquired(per_resource& resource, per_slot& slot, const acquired_event& event) noexcept
    {
        counters::on_acquired(resource.counts, slot.counts, event);
        if (event.slow)
            slot.acquired.add(event.waited);
    }
    static void on_released(per_resource&, per_slot& slot, const released_event& event) noexcept
    {
        if (!event.measured)
            return;
        slot.held.add(event.held);
        slot.last_released.store(event.at);
        slot.last_acquired.store(event.at - event.held);
    }
    static void on_failed(per_resource& resource, const failed_event& event) noexcept
    {
        counters::on_failed(resource.counts, event);
    }
    static void on_created(per_resource& resource, const created_event& event) noexcept
    {
        counters::on_created(resource.counts, event);
    }
    static void on_create_failed(per_resource& resource) noexcept { counters::on_create_failed(resource.counts); }
    static void on_validated(per_resource& resource, bool good) noexcept
    {
        counters::on_validated(resource.counts, good);
    }
    static void on_retired(per_resource& resource, const retired_event& event) noexcept
    {
        counters::on_retired(resource.counts, event);
    }

    static void report(const per_resource& resource, metrics_snapshot& out) { counters::report(resource.counts, out); }
    static void report(const per_slot& slot, metrics_snapshot& out)
    {
        counters::report(slot.counts, out);
        slot.held.add_to(out.hold_time);
        slot.acquired.add_to(out.acquire_time);
        out.last_acquired = std::max(out.last_acquired, slot.last_acquired.load());
        out.last_released = std::max(out.last_released, slot.last_released.load());
    }
};

} // namespace steward::inline v0::metrics
