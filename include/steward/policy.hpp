// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/error.hpp>
#include <steward/owner_id.hpp>
#include <steward/time.hpp>

#include <concepts>

/// What a policy is.
///
/// A policy is a stateless type that decides one axis and says which by `axis` (deriving from the axis's `policy`
/// is the short way). Its state lives in the pool: one `per_resource` for each resource, one `per_slot` for each
/// slot, and one `per_lease` for each lease, each optional. Its hooks are static functions that take them; a hook
/// that is not there is not called and costs nothing. A state that the policy does not have is an empty type, which a
/// hook takes as `auto&`. All hooks are `noexcept`.
///
/// A slot's state is touched by one thread at a time (its holder), reports apart, which may read at any time:
/// use `holder_counter` or relaxed atomics for what a report reads.
///
/// **metrics**: `on_acquired(per_resource&, per_slot&, [per_lease&,] const acquired_event&)`,
/// `on_released(per_resource&, per_slot&, [per_lease&,] const released_event&)`,
/// `on_failed(per_resource&, const failed_event&)`, `on_created(per_resource&)`, `on_retired(per_resource&)`,
/// `report(const per_resource&, metrics_snapshot&)`, `report(const per_slot&, metrics_snapshot&)`.
///
/// **ownership**: `on_acquired(per_slot&, const owner_id&)`, `on_released(per_slot&)`,
/// `holder(const per_slot&) -> owner_id`, whole or nobody, whatever the holder does meanwhile.
///
/// **health**: `wants_validation(const per_resource&, duration idle) -> bool` at the borrow,
/// `validates_returned` (a constant), `on_validated(per_resource&, bool good)`, `on_created(per_resource&)`,
/// `on_create_failed(per_resource&)`, `report(const per_resource&) -> resource_health`.
///
/// **pooling** and **locking** are described in `steward/pool/slot_pool.hpp` and `steward/pool/slot_cell.hpp`.
namespace steward {

/// The five things to decide for each resource.
enum class axis { locking, pooling, health, metrics, ownership };

/// A type that decides one axis.
template <class P>
concept policy = requires {
    { P::axis } -> std::convertible_to<steward::axis>;
};

/// A policy of one particular axis.
template <class P, axis Axis>
concept policy_for = policy<P> && (P::axis == Axis);

namespace locking {
/// The base of a locking policy: how a slot is claimed.
struct policy {
    static constexpr steward::axis axis = steward::axis::locking;
};
} // namespace locking

namespace pooling {
/// The base of a pooling policy: how many resources there are and where they live.
struct policy {
    static constexpr steward::axis axis = steward::axis::pooling;
};
} // namespace pooling

namespace health {
/// The base of a health policy: when a resource is looked at.
struct policy {
    static constexpr steward::axis axis = steward::axis::health;
};
} // namespace health

namespace metrics {
/// The base of a metrics policy: what is counted.
struct policy {
    static constexpr steward::axis axis = steward::axis::metrics;
};
} // namespace metrics

namespace ownership {
/// The base of an ownership policy: who is known to hold what.
struct policy {
    static constexpr steward::axis axis = steward::axis::ownership;
};
} // namespace ownership

/// A lease was handed out.
struct acquired_event {
    owner_id owner{};  ///< nobody for an anonymous lease
    duration waited{}; ///< zero where the fast path served, which takes nanoseconds
    bool slow = false; ///< it had to wait, to validate or to create
};

/// A lease came back.
struct released_event {};

/// An acquisition failed.
struct failed_event {
    errc code;
};

} // namespace steward
