// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/policy.hpp>
#include <steward/pool/slot_pool.hpp>

#include <cstddef>
#include <new>

namespace steward::inline v0::pooling {

/// At least `Min` and at most `Max` resources, which live in the manager itself. The default is `bounded<0, 8>`.
///
/// Choose it for whatever is dear to create and serves one holder at a time. `Max` is what the manager has room for;
/// `pool_options::max_size` bounds it further at run time. Who finds no free one waits for its acquire_timeout.
/// Cost: a cache line and the resource for each of `Max`; no allocation.
template <std::size_t Min, std::size_t Max, unwinding Unwinding = unwinding::validated>
struct bounded : policy {
    static_assert(Max > 0, "steward::pooling::bounded: Max must be at least 1");
    static_assert(Min <= Max, "steward::pooling::bounded: Min must not be greater than Max");

    static constexpr std::size_t min_size = Min;
    static constexpr std::size_t capacity = Max;
    static constexpr unwinding when_unwinding = Unwinding; ///< what a lease that an exception ends does

    /// Nothing: the slots have the room.
    template <class T>
    struct arena_type {};

    /// Room for one resource, in the slot.
    template <class T>
    class storage {
    public:
        /// What slot_pool asks for.
        /// @{
        [[nodiscard]] void* allocate(arena_type<T>&) noexcept { return bytes_; }
        void deallocate(arena_type<T>&) noexcept {}
        [[nodiscard]] T& get() noexcept { return *std::launder(reinterpret_cast<T*>(bytes_)); }
        /// @}

    private:
        alignas(T) std::byte bytes_[sizeof(T)];
    };

    using options = pool_options;
    template <class Traits>
    using pool = slot_pool<Traits>;
};

} // namespace steward::inline v0::pooling
