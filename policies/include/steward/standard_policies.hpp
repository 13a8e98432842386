// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/health/none.hpp>
#include <steward/locking/lock_free.hpp>
#include <steward/metrics/none.hpp>
#include <steward/ownership/none.hpp>
#include <steward/pooling/bounded.hpp>
#include <steward/resource.hpp>
#include <steward/waiting/overtaking.hpp>

/// @file
/// What an axis is where nobody says otherwise.

namespace steward::inline v0 {

/// A slot is claimed by one compare-exchange.
template <>
struct standard_policy<axis::locking> {
    using type = locking::lock_free; ///< the policy
};
/// Newcomers may overtake, for 100 µs.
template <>
struct standard_policy<axis::waiting> {
    using type = waiting::overtaking<>; ///< the policy
};
/// Up to eight resources, none in advance.
template <>
struct standard_policy<axis::pooling> {
    using type = pooling::bounded<0, 8>; ///< the policy
};
/// Nothing is validated.
template <>
struct standard_policy<axis::health> {
    using type = health::none; ///< the policy
};
/// Nothing is counted.
template <>
struct standard_policy<axis::metrics> {
    using type = metrics::none; ///< the policy
};
/// Nobody remembers who holds what.
template <>
struct standard_policy<axis::ownership> {
    using type = ownership::none; ///< the policy
};

} // namespace steward::inline v0
