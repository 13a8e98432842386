// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/policy.hpp>
#include <steward/pool/shared_pool.hpp>
#include <steward/pool/static_pool.hpp>

#include <type_traits>

namespace steward::inline v0::pooling {

/// One resource for any number of holders at once, created by the first who asks for it.
///
/// Choose it for what several threads may use together: a value, a file area, a client that locks for itself. Nobody
/// waits for a holder. Cost: two short visits to a cell of the thread's own; nothing at all where every axis is
/// `none` and the adapter can only create (the resource then is the whole pool).
struct shared : policy {
    static constexpr bool has_many_holders = true;

    using options = shared_options;
    template <class Traits>
    using pool = std::conditional_t<detail::remembers_nothing<Traits>, static_pool<Traits>, shared_pool<Traits>>;
};

} // namespace steward::inline v0::pooling
