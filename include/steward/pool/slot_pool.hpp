// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/pool/erased_adapter.hpp>
#include <steward/pool/untyped_slot_pool.hpp>

#include <cstddef>
#include <memory>
#include <new>
#include <string_view>
#include <utility>

namespace steward::inline v0 {

namespace detail {

/// Where the adapter of a pool lives: it is there before the pool is, and after.
template <class Adapter>
struct adapter_place {
    alignas(Adapter) std::byte bytes[sizeof(Adapter)];

    [[nodiscard]] auto with(typename Adapter::settings& given) noexcept
    {
        return erased_settings{functions_of<Adapter>::value, bytes, std::addressof(given)};
    }
};

} // namespace detail

/// A pool of a fixed number of slots, with waiting: what `pooling::bounded` and `pooling::arena` use, and what a
/// pooling policy of one's own can use. Such a policy has
/// - `capacity` and `min_size`, constants;
/// - `storage<T>`: where a slot keeps its resource (`allocate(arena)`, `deallocate(arena)`, `get()`);
/// - `arena_type<T>`: what the storages of one pool share;
/// - `pool<Traits>`: the pool itself, here `slot_pool<Traits>`.
/// `T` has the size and the alignment of the resource's type and stands for its bytes: pools of resources that look
/// alike share their code.
///
/// Threads: everything may be called by any thread at any time, unless the locking policy is `none`.
template <class Traits>
class slot_pool : detail::adapter_place<typename Traits::adapter>,
                  public detail::untyped_slot_pool<detail::erased<Traits>> {
    using untyped = detail::untyped_slot_pool<detail::erased<Traits>>;

public:
    using resource_type = typename Traits::adapter::resource_type; ///< what the adapter creates
    using settings = typename Traits::adapter::settings;           ///< the adapter's

    /// Takes over settings and options that were checked; nothing is created yet. Throws what the adapter's constructor throws.
    slot_pool(std::string_view name, settings&& s, const pool_options& o) : untyped{name, this->with(s), o} {}

    /// The resource of a slot that was acquired.
    [[nodiscard]] static resource_type& get(typename untyped::token taken) noexcept
    {
        return *std::launder(reinterpret_cast<resource_type*>(untyped::get(taken).bytes));
    }

    /// Opens a closed pool again, with another adapter. `resource_error` if it is not closed, or if what was lent has
    /// not come back within the acquire_timeout; if the adapter's constructor throws it stays closed.
    void reopen(settings&& s) { untyped::reopen(this->with(s)); }
};

} // namespace steward::inline v0
