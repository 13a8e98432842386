// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/pool/hooks.hpp>
#include <steward/pool/slot_cell.hpp>
#include <steward/time.hpp>

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace steward::detail {

/// Slots that several threads claim stand on cache lines of their own.
inline constexpr std::size_t cache_line = 64;

template <class Traits>
inline constexpr std::size_t slot_alignment =
    Traits::locking::waits ? cache_line : alignof(typename Traits::adapter::resource_type*);

/// A time that one thread at a time writes and the housekeeper reads.
class atomic_time {
public:
    void store(time_point t) noexcept { value_.store(t.time_since_epoch().count(), std::memory_order_relaxed); }
    [[nodiscard]] time_point load() const noexcept
    {
        return time_point{duration{value_.load(std::memory_order_relaxed)}};
    }

private:
    std::atomic<duration::rep> value_{duration::max().count()};
};

/// Whether a slot is missing from the hints of a large table: see idle_hints.
class hidden_flag {
public:
    void set(bool hidden) noexcept { hidden_.store(hidden, std::memory_order_relaxed); }
    [[nodiscard]] bool get() const noexcept { return hidden_.load(std::memory_order_relaxed); }

private:
    std::atomic<bool> hidden_{true}; // until a resource was there once
};
struct never_hidden {};

/// The place in a pool that holds one live resource, with each policy's own state beside it.
///
/// All but the cell belongs to whoever claimed the slot; reports read the policies' states at any time.
template <class Traits>
struct alignas(slot_alignment<Traits>) slot {
    using calls = hooks<typename Traits::health, typename Traits::metrics, typename Traits::ownership>;

    static constexpr bool sparse = Traits::pooling::capacity > 64;

    typename Traits::locking::cell cell;
    [[no_unique_address]] std::conditional_t<sparse, hidden_flag, never_hidden> hidden;
    [[no_unique_address]] typename calls::slot states{};
    [[no_unique_address]] typename calls::lease lease{};
    bool was_rested = false;                 ///< its holder found it `rested`
    time_point passed_on{};                  ///< when it was last freed while somebody waited
    time_point handed_over{};                ///< when it last went from one holder to a waiter directly
    time_point quiet_until{};                ///< until then it may be freed without asking who waits,
    std::uint32_t quiet_watch = 0;           ///< as long as the same watch is kept
    atomic_time retire_at;                   ///< the end of the resource's life
    time_point rested_since{};               ///< the tick of its last use, where it is or was `rested`
    typename Traits::pooling::template storage<typename Traits::adapter::resource_type> storage{};

    [[nodiscard]] auto& resource() noexcept { return storage.get(); }
};

} // namespace steward::detail
