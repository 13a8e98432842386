// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/policy.hpp>
#include <steward/pool/transient_pool.hpp>

namespace steward::inline v0::pooling {

/// A new resource for each lease, destroyed when the lease ends.
///
/// Choose it for what must not be used twice, or is as cheap to make as to keep: a buffer, a temporary directory.
/// There is no bound and nobody waits. Cost: creating and destroying; the memory is kept (Boost.Pool).
struct transient : policy {
    static constexpr bool is_new_for_each_lease = true;

    using options = unpooled_options;
    template <class Traits>
    using pool = transient_pool<Traits>;
};

} // namespace steward::inline v0::pooling
