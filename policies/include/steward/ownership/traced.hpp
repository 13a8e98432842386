// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/lease_trace.hpp>
#include <steward/ownership/tracked.hpp>
#include <steward/policy.hpp>

#include <atomic>
#include <cstdint>
#include <optional>

namespace steward::inline v0::ownership {

/// Each slot shows who holds it, since when, and which line of the program took it: `owners<>()`, `traces<>()`. A lease
/// that is out for longer than `Threshold` is reported once: to the metrics policy's `on_event` (`leaked`), else on
/// stderr. What is still out when the manager goes is named with its line.
///
/// Choose it to find leases that somebody forgot. Cost: nine plain stores when a resource is lent and one when it comes
/// back; times are the manager's tick, so no clock is read (but for `pooling::transient`).
/// Threads: a reader gets a whole trace or none. The slot's holder alone writes: `sequence` becomes odd, then the rest,
/// then `sequence` becomes even again; see `tracked`.
template <time_span Threshold = time_span{60'000'000'000}>
struct traced : policy {
    static_assert(Threshold.nanoseconds > 0, "steward::ownership::traced: Threshold must be more than zero");

    static constexpr time_span threshold = Threshold; ///< after which a lease that is out is reported

    struct per_slot {
        std::atomic<std::uint32_t> sequence{0};
        std::atomic<std::uint32_t> line{0};
        std::atomic<const char*> file{nullptr}; ///< null: nobody has it
        std::atomic<const char*> function{nullptr};
        std::atomic<const char*> tag{nullptr};
        std::atomic<std::uint64_t> number{0};
        std::atomic<duration::rep> since{0};
        std::atomic<bool> reported{false};
    };

    static void on_acquired(per_slot& slot, const acquired_event& event) noexcept
    {
        const std::uint32_t sequence = slot.sequence.load(std::memory_order_relaxed);
        slot.sequence.store(sequence + 1, std::memory_order_release);
        slot.line.store(event.where.line(), std::memory_order_release);
        slot.function.store(event.where.function_name(), std::memory_order_release);
        slot.tag.store(event.owner.tag, std::memory_order_release);
        slot.number.store(event.owner.number, std::memory_order_release);
        slot.since.store(event.at.time_since_epoch().count(), std::memory_order_release);
        slot.reported.store(false, std::memory_order_release);
        slot.file.store(event.where.file_name(), std::memory_order_release);
        slot.sequence.store(sequence + 2, std::memory_order_release);
    }

    static void on_released(per_slot& slot) noexcept { slot.file.store(nullptr, std::memory_order_release); }

    [[nodiscard]] static std::optional<lease_trace> trace(const per_slot& slot) noexcept
    {
        const std::uint32_t sequence = slot.sequence.load(std::memory_order_acquire);
        lease_trace seen{
            .owner = {slot.tag.load(std::memory_order_acquire), slot.number.load(std::memory_order_acquire)},
            .file = slot.file.load(std::memory_order_acquire),
            .function = slot.function.load(std::memory_order_acquire),
            .line = slot.line.load(std::memory_order_acquire),
            .since = time_point{duration{slot.since.load(std::memory_order_acquire)}}};
        if (seen.file == nullptr || sequence % 2 != 0 || slot.file.load(std::memory_order_acquire) == nullptr
            || slot.sequence.load(std::memory_order_acquire) != sequence)
            return std::nullopt; // nobody, or in the moment of changing hands
        return seen;
    }

    [[nodiscard]] static owner_id holder(const per_slot& slot) noexcept
    {
        const std::optional<lease_trace> seen = trace(slot);
        return seen ? seen->owner : owner_id{};
    }

    /// True once for each lease; asked when it is out for longer than the threshold.
    [[nodiscard]] static bool report_once(per_slot& slot) noexcept
    {
        return !slot.reported.exchange(true, std::memory_order_relaxed);
    }
};

} // namespace steward::inline v0::ownership
