// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/health/none.hpp>
#include <steward/locking/lock_free.hpp>
#include <steward/metrics/none.hpp>
#include <steward/ownership/none.hpp>
#include <steward/pooling/bounded.hpp>
#include <steward/resource.hpp>
#include <steward/waiting/overtaking.hpp>

/// What an axis is where nobody says otherwise.
namespace steward {

template <>
struct standard_policy<axis::locking> {
    using type = locking::lock_free;
};
template <>
struct standard_policy<axis::waiting> {
    using type = waiting::overtaking<>;
};
template <>
struct standard_policy<axis::pooling> {
    using type = pooling::bounded<0, 8>;
};
template <>
struct standard_policy<axis::health> {
    using type = health::none;
};
template <>
struct standard_policy<axis::metrics> {
    using type = metrics::none;
};
template <>
struct standard_policy<axis::ownership> {
    using type = ownership::none;
};

} // namespace steward
