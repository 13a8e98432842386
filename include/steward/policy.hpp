// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/events.hpp>
#include <steward/resource_health.hpp>

#include <concepts>

/// @file
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
/// `on_failed(per_resource&, const failed_event&)`, `on_created(per_resource&, const created_event&)`,
/// `on_create_failed(per_resource&)`, `on_validated(per_resource&, bool good)`,
/// `on_retired(per_resource&, const retired_event&)`, `on_event(const resource_event&)` (what happens off the fast path,
/// by name), `report(const per_resource&, metrics_snapshot&)`, `report(const per_slot&, metrics_snapshot&)`, and a
/// constant `measures_every`: of how many leases of a slot one is timed (1: each; 0 or not there: none). With
/// `measures_what_others_do` it is for a policy alone; beside others in `all` it takes what they time.
///
/// **ownership**: `on_acquired(per_slot&, const owner_id&)`, `on_released(per_slot&)`,
/// `holder(const per_slot&) -> owner_id`, whole or nobody, whatever the holder does meanwhile. One that traces leases has
/// `on_acquired(per_slot&, const acquired_event&)`, `trace(const per_slot&) -> std::optional<lease_trace>`, and for leaks
/// `threshold` and `report_once(per_slot&) -> bool`.
///
/// **health**: `wants_validation(const per_resource&, duration idle) -> bool` at the borrow, the constants
/// `validates_returned` and `validates_idle` (by the housekeeper, each validation_interval), `needs_validate` (it is of no
/// use without an adapter that validates),
/// `admit(per_resource&) -> admission` (asked before each acquisition, unless `admits_all(const per_resource&)`) and
/// `on_probe_ended(per_resource&, bool good)`, `on_tick(per_resource&, time_point)`, `on_created(per_resource&)`,
/// `on_create_failed(per_resource&)`, `on_validated(per_resource&, bool good)`, `on_reported(per_resource&, bool good)`
/// (by a holder), `report(const per_resource&) -> health_verdict`, and a constant `tick_interval`: how precise its times
/// have to be.
///
/// **pooling**, **locking** and **waiting** are described in `steward/pool/slot_pool.hpp`, `steward/pool/slot_cell.hpp`
/// and `steward/pool/wait_queue.hpp`.

namespace steward::inline v0 {

/// The things to decide for each resource.
enum class axis {
    locking,  ///< how threads claim a slot
    waiting,  ///< whose turn it is when a slot is freed
    pooling,  ///< how many resources there are and where they live
    health,   ///< when a resource is looked at
    metrics,  ///< what is counted
    ownership ///< who is known to hold what
};

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
    static constexpr steward::axis axis = steward::axis::locking; ///< what it decides
};
} // namespace locking

namespace waiting {
/// The base of a waiting policy: whose turn it is when a slot is freed while somebody waits.
struct policy {
    static constexpr steward::axis axis = steward::axis::waiting; ///< what it decides
};
} // namespace waiting

namespace pooling {
/// The base of a pooling policy: how many resources there are and where they live.
struct policy {
    static constexpr steward::axis axis = steward::axis::pooling; ///< what it decides
};
} // namespace pooling

namespace health {
/// The base of a health policy: when a resource is looked at.
struct policy {
    static constexpr steward::axis axis = steward::axis::health; ///< what it decides
};
} // namespace health

namespace metrics {
/// The base of a metrics policy: what is counted.
struct policy {
    static constexpr steward::axis axis = steward::axis::metrics; ///< what it decides
};
} // namespace metrics

namespace ownership {
/// The base of an ownership policy: who is known to hold what.
struct policy {
    static constexpr steward::axis axis = steward::axis::ownership; ///< what it decides
};
} // namespace ownership

} // namespace steward::inline v0
