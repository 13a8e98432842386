// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/metrics_snapshot.hpp>
#include <steward/policy.hpp>
#include <steward/pool/hook_rules.hpp>
#include <steward/resource_health.hpp>

namespace steward::detail {

/// What a policy that has no state of some kind gets: an empty type of its own for each axis, since two empty
/// members of the same type take two addresses.
template <axis Axis>
struct no_state {};

template <class P>
struct per_resource_of {
    using type = no_state<P::axis>;
};
template <class P>
    requires requires { typename P::per_resource; }
struct per_resource_of<P> {
    using type = typename P::per_resource;
};

template <class P>
struct per_slot_of {
    using type = no_state<P::axis>;
};
template <class P>
    requires requires { typename P::per_slot; }
struct per_slot_of<P> {
    using type = typename P::per_slot;
};

template <class P>
struct per_lease_of {
    using type = no_state<P::axis>;
};
template <class P>
    requires requires { typename P::per_lease; }
struct per_lease_of<P> {
    using type = typename P::per_lease;
};

/// The three states of a resource's policies, one for each resource, slot and lease.
template <class H, class M, class O>
struct resource_states {
    [[no_unique_address]] typename per_resource_of<H>::type health;
    [[no_unique_address]] typename per_resource_of<M>::type metrics;
    [[no_unique_address]] typename per_resource_of<O>::type ownership;
};
template <class M, class O>
struct slot_states {
    [[no_unique_address]] typename per_slot_of<M>::type metrics;
    [[no_unique_address]] typename per_slot_of<O>::type ownership;
};

/// Leases that came back are those that were handed out and are not out any more: nobody has to count them, unless
/// the policy did.
constexpr void derive_releases(metrics_snapshot& out) noexcept
{
    if (out.releases == 0 && out.acquisitions > out.active)
        out.releases = out.acquisitions - out.active;
}

/// The policy answers questions about its metrics, or knows the holders.
template <class M>
concept measures = requires(const typename per_resource_of<M>::type& r, metrics_snapshot& out) { M::report(r, out); }
                   || requires(const typename per_slot_of<M>::type& s, metrics_snapshot& out) { M::report(s, out); };
template <class O>
concept knows_holders = requires(const typename per_slot_of<O>::type& s) { O::holder(s); };
template <class H>
concept knows_health = requires(const typename per_resource_of<H>::type& r) { H::report(r); };
template <class H>
concept validates_on_borrow =
    requires(const typename per_resource_of<H>::type& r) { H::wants_validation(r, duration{}); };
template <class H>
concept validates_on_return = requires { requires H::validates_returned; };

/// Calls the hooks of one resource's policies: those that are there.
template <class H, class M, class O>
struct hooks : private metrics_hook_rules<M, typename per_resource_of<M>::type, typename per_slot_of<M>::type,
                                          typename per_lease_of<M>::type>,
               private ownership_hook_rules<O, typename per_slot_of<O>::type>,
               private health_hook_rules<H, typename per_resource_of<H>::type> {
    using resource = resource_states<H, M, O>;
    using slot = slot_states<M, O>;
    using lease = typename per_lease_of<M>::type;

    static void acquired(resource& r, slot& s, [[maybe_unused]] lease& l, const acquired_event& event) noexcept
    {
        if constexpr (requires { O::on_acquired(s.ownership, event.owner); })
            O::on_acquired(s.ownership, event.owner);
        if constexpr (requires { M::on_acquired(r.metrics, s.metrics, l, event); })
            M::on_acquired(r.metrics, s.metrics, l, event);
        else if constexpr (requires { M::on_acquired(r.metrics, s.metrics, event); })
            M::on_acquired(r.metrics, s.metrics, event);
    }

    static void released(resource& r, slot& s, [[maybe_unused]] lease& l) noexcept
    {
        const released_event event{};
        if constexpr (requires { M::on_released(r.metrics, s.metrics, l, event); })
            M::on_released(r.metrics, s.metrics, l, event);
        else if constexpr (requires { M::on_released(r.metrics, s.metrics, event); })
            M::on_released(r.metrics, s.metrics, event);
        if constexpr (requires { O::on_released(s.ownership); })
            O::on_released(s.ownership);
    }

    static void failed(resource& r, const failed_event& event) noexcept
    {
        if constexpr (requires { M::on_failed(r.metrics, event); })
            M::on_failed(r.metrics, event);
    }

    static void created(resource& r) noexcept
    {
        if constexpr (requires { M::on_created(r.metrics); })
            M::on_created(r.metrics);
        if constexpr (requires { H::on_created(r.health); })
            H::on_created(r.health);
    }

    static void create_failed(resource& r) noexcept
    {
        if constexpr (requires { H::on_create_failed(r.health); })
            H::on_create_failed(r.health);
    }

    static void validated(resource& r, bool good) noexcept
    {
        if constexpr (requires { H::on_validated(r.health, good); })
            H::on_validated(r.health, good);
    }

    static void retired(resource& r) noexcept
    {
        if constexpr (requires { M::on_retired(r.metrics); })
            M::on_retired(r.metrics);
    }

    static void report(const resource& r, metrics_snapshot& out) noexcept
    {
        if constexpr (requires { M::report(r.metrics, out); })
            M::report(r.metrics, out);
    }

    static void report(const slot& s, metrics_snapshot& out) noexcept
    {
        if constexpr (requires { M::report(s.metrics, out); })
            M::report(s.metrics, out);
    }
};

} // namespace steward::detail
