// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/policy.hpp>

#include <concepts>

namespace steward::inline v0::detail {

/// A hook that a policy has but that cannot be called as it will be would be left out in silence: that is an error.
/// `Resource`, `Slot` and `Lease` are the states that the policy's hooks take. Hooks that are templates are not looked at.
template <class M, class Resource, class Slot, class Lease>
struct metrics_hook_rules {
    static_assert(
        !requires { &M::on_acquired; }
            || requires(Resource& r, Slot& s, const acquired_event& e) { M::on_acquired(r, s, e); }
            || requires(Resource& r, Slot& s, Lease& l, const acquired_event& e) { M::on_acquired(r, s, l, e); },
        "steward::metrics: on_acquired cannot be called with (per_resource&, per_slot&, [per_lease&,] const "
        "acquired_event&)");
    static_assert(
        !requires { &M::on_released; }
            || requires(Resource& r, Slot& s, const released_event& e) { M::on_released(r, s, e); }
            || requires(Resource& r, Slot& s, Lease& l, const released_event& e) { M::on_released(r, s, l, e); },
        "steward::metrics: on_released cannot be called with (per_resource&, per_slot&, [per_lease&,] const "
        "released_event&)");
    static_assert(
        !requires { &M::on_failed; } || requires(Resource& r, const failed_event& e) { M::on_failed(r, e); },
        "steward::metrics: on_failed cannot be called with (per_resource&, const failed_event&)");
    static_assert(
        !requires { &M::on_created; } || requires(Resource& r, const created_event& e) { M::on_created(r, e); },
        "steward::metrics: on_created cannot be called with (per_resource&, const created_event&)");
    static_assert(
        !requires { &M::on_create_failed; } || requires(Resource& r) { M::on_create_failed(r); },
        "steward::metrics: on_create_failed cannot be called with (per_resource&)");
    static_assert(
        !requires { &M::on_validated; } || requires(Resource& r) { M::on_validated(r, true); },
        "steward::metrics: on_validated cannot be called with (per_resource&, bool)");
    static_assert(
        !requires { &M::on_retired; } || requires(Resource& r, const retired_event& e) { M::on_retired(r, e); },
        "steward::metrics: on_retired cannot be called with (per_resource&, const retired_event&)");
    static_assert(
        !requires { &M::on_event; } || requires(const resource_event& e) { M::on_event(e); },
        "steward::metrics: on_event cannot be called with (const resource_event&)");
};

template <class O, class Slot>
struct ownership_hook_rules {
    static_assert(
        !requires { &O::on_acquired; } || requires(Slot& s, const owner_id& id) { O::on_acquired(s, id); }
            || requires(Slot& s, const acquired_event& e) { O::on_acquired(s, e); },
        "steward::ownership: on_acquired cannot be called with (per_slot&, const owner_id&) or (per_slot&, const "
        "acquired_event&)");
    static_assert(
        !requires { &O::on_released; } || requires(Slot& s) { O::on_released(s); },
        "steward::ownership: on_released cannot be called with (per_slot&)");
};

template <class H, class Resource>
struct health_hook_rules {
    static_assert(
        !requires { &H::on_created; } || requires(Resource& r) { H::on_created(r); },
        "steward::health: on_created cannot be called with (per_resource&)");
    static_assert(
        !requires { &H::on_create_failed; } || requires(Resource& r) { H::on_create_failed(r); },
        "steward::health: on_create_failed cannot be called with (per_resource&)");
    static_assert(
        !requires { &H::on_validated; } || requires(Resource& r) { H::on_validated(r, true); },
        "steward::health: on_validated cannot be called with (per_resource&, bool)");
    static_assert(
        !requires { &H::on_reported; } || requires(Resource& r) { H::on_reported(r, true); },
        "steward::health: on_reported cannot be called with (per_resource&, bool)");
    static_assert(
        !requires { &H::on_tick; } || requires(Resource& r) { H::on_tick(r, time_point{}); },
        "steward::health: on_tick cannot be called with (per_resource&, time_point)");
    static_assert(
        !requires { &H::report; }
            || requires(const Resource& r) {
                   { H::report(r) } -> std::same_as<health_verdict>;
               },
        "steward::health: report cannot be called with (const per_resource&), or returns no health_verdict");
    static_assert(
        !requires { &H::admit; }
            || requires(Resource& r) {
                   { H::admit(r) } -> std::same_as<admission>;
                   { H::admits_all(r) } -> std::same_as<bool>;
                   H::on_probe_ended(r, true);
               },
        "steward::health: admit(per_resource&) -> admission needs admits_all(per_resource&) -> bool and "
        "on_probe_ended(per_resource&, bool)");
};

} // namespace steward::inline v0::detail
