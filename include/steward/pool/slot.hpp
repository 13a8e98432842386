// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/detail/atomic_time.hpp>
#include <steward/detail/cache_line.hpp>
#include <steward/pool/hooks.hpp>
#include <steward/pool/outcomes.hpp>
#include <steward/pool/slot_bias.hpp>
#include <steward/pool/slot_cell.hpp>
#include <steward/time.hpp>

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <type_traits>

namespace steward::inline v0::detail {

template <class Traits>
using slot_hooks = hooks<typename Traits::health, typename Traits::metrics, typename Traits::ownership>;
template <class Traits>
using slot_storage = typename Traits::pooling::template storage<typename Traits::adapter::resource_type>;

/// One number, since GCC 12 takes only one of several `alignas` of a template.
template <class Traits>
inline constexpr std::size_t slot_alignment = std::max(
    {Traits::locking::waits ? cache_line : alignof(typename Traits::adapter::resource_type*),
     alignof(slot_storage<Traits>), alignof(typename slot_hooks<Traits>::slot),
     alignof(typename slot_hooks<Traits>::lease), alignof(typename Traits::locking::cell), alignof(time_point)});

/// Whether a slot is missing from the hints of a large table: see idle_hints.
class hidden_flag {
public:
    void set(bool hidden) noexcept { hidden_.store(hidden, std::memory_order_relaxed); }
    [[nodiscard]] bool get() const noexcept { return hidden_.load(std::memory_order_relaxed); }

private:
    std::atomic<bool> hidden_{true}; // until a resource was there once
};
struct never_hidden {};
struct time_of_turn : atomic_time {
    constexpr time_of_turn() noexcept : atomic_time{time_point{}} {}
};
struct never_in_turn {};

/// What the exchange knows of a slot; its resource and the policies' states stand behind it. With these of `counters`
/// and `tracked` it fills one cache line, so the members' order matters.
///
/// All but the cell belongs to whoever claimed the slot; times may be read by others.
template <class Locking, bool Sparse>
struct slot_head {
    typename Locking::cell cell;
    [[no_unique_address]] std::conditional_t<Sparse, hidden_flag, never_hidden> hidden;
    bool was_rested = false;               ///< its holder found it `rested`
    std::uint8_t in_a_row : 2 = 0;         ///< how often it was handed over since it last became free; 2 for more
    std::uint8_t quiet_returns : 3 = 0;    ///< how often it may be given back before the queue is asked again
    std::uint8_t returned_quietly : 3 = 0; ///< how often it was since the queue was asked
    atomic_time last_use{
        time_point{}}; ///< where it is or was `rested` the tick of its last use; while somebody waits the time
    [[no_unique_address]] std::conditional_t<Locking::waits, time_of_turn, never_in_turn> handed_over; ///< to a waiter
    atomic_time retire_at; ///< the end of the resource's life
    [[no_unique_address]] std::conditional_t<biases<Locking>, slot_bias, no_bias> bias;
};

/// The place in a pool that holds one live resource, with each policy's own state beside it.
///
/// It belongs to whoever claimed it; reports read the policies' states at any time.
template <class Traits>
struct alignas(slot_alignment<Traits>) slot : slot_head<typename Traits::locking, (Traits::pooling::capacity > 64)> {
    using calls = slot_hooks<Traits>;

    [[no_unique_address]] typename calls::slot states{};
    [[no_unique_address]] typename calls::lease lease{};
    [[no_unique_address]] lease_probe<Traits> probe{};
    slot_storage<Traits> storage{};

    [[nodiscard]] auto& resource() noexcept { return storage.get(); }
};

/// What an exchange of slots has to know to be compiled: pools whose slots look alike share its code, whatever the
/// resources are.
template <class Locking, class Waiting, std::size_t Capacity, std::size_t Size, std::size_t Alignment>
struct slot_shape {
    using locking = Locking;
    using waiting = Waiting;
    static constexpr std::size_t capacity = Capacity;
    static constexpr std::size_t size = Size;
    static constexpr std::size_t alignment = Alignment;
    static constexpr bool sparse = Capacity > 64;
    using head = slot_head<Locking, sparse>;
};
template <class Traits>
using shape_of = slot_shape<typename Traits::locking, typename Traits::waiting, Traits::pooling::capacity,
                            sizeof(slot<Traits>), alignof(slot<Traits>)>;

} // namespace steward::inline v0::detail
