// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/detail/block_arena.hpp>
#include <steward/policy.hpp>
#include <steward/pool/slot_pool.hpp>

#include <cstddef>

namespace steward::inline v0::pooling {

/// At most `Max` resources, whose memory comes from a Boost.Pool as they are created.
///
/// Choose it over `bounded` where `Max` is large, the resource is large and most of the time few are alive: the
/// manager holds a cache line for each of `Max`, the rest is allocated in blocks and kept. Cost: nothing is
/// allocated once the pool has been as full as it gets.
template <std::size_t Max, unwinding Unwinding = unwinding::validated>
struct arena : policy {
    static_assert(Max > 0, "steward::pooling::arena: Max must be at least 1");

    static constexpr std::size_t min_size = 0;
    static constexpr std::size_t capacity = Max;
    static constexpr unwinding when_unwinding = Unwinding; ///< what a lease that an exception ends does

    template <class T>
    using arena_type = detail::block_arena<T>;

    /// A pointer into the arena.
    template <class T>
    class storage {
    public:
        /// What slot_pool asks for; `allocate` throws std::bad_alloc.
        /// @{
        [[nodiscard]] void* allocate(detail::block_arena<T>& arena) { return place_ = arena.allocate(); }
        void deallocate(detail::block_arena<T>& arena) noexcept { arena.deallocate(place_); }
        [[nodiscard]] T& get() noexcept { return *static_cast<T*>(place_); }
        /// @}

    private:
        void* place_ = nullptr;
    };

    using options = pool_options;
    template <class Traits>
    using pool = slot_pool<Traits>;
};

} // namespace steward::inline v0::pooling
