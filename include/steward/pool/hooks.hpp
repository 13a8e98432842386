// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapter.hpp>
#include <steward/lease_trace.hpp>
#include <steward/metrics_snapshot.hpp>
#include <steward/policy.hpp>
#include <steward/pool/hook_rules.hpp>
#include <steward/resource_health.hpp>
#include <steward/time.hpp>

#include <algorithm>
#include <chrono>
#include <concepts>
#include <cstdint>
#include <cstdio>
#include <exception>
#include <optional>
#include <string_view>
#include <utility>

namespace steward::inline v0::detail {

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
/// Of how many leases of a slot the metrics policy wants one timed; 0: none.
template <class M>
inline constexpr std::uint64_t measures_every = 0;
template <class M>
    requires requires { M::measures_every; }
inline constexpr std::uint64_t measures_every<M> = M::measures_every;

/// The policy is content with the leases that another one beside it wants timed.
template <class M>
concept measures_what_others_do = requires { requires M::measures_what_others_do; };

/// Picks one lease of `Every`, the first among them: reading the clock is what costs most.
template <std::uint64_t Every>
class lease_picker {
public:
    [[nodiscard]] bool pick() noexcept
    {
        if (--left_ != 0) [[likely]]
            return false;
        left_ = Every;
        return true;
    }

private:
    std::uint64_t left_ = 1;
};
template <>
class lease_picker<1> {
public:
    [[nodiscard]] static constexpr bool pick() noexcept { return true; }
};
template <>
class lease_picker<0> {
public:
    [[nodiscard]] static constexpr bool pick() noexcept { return false; }
};

/// How long a lease is held, if it was picked.
template <bool Some>
class hold_timer {
public:
    void start(bool picked) noexcept
    {
        if (picked)
            since_ = clock::now();
    }

    [[nodiscard]] released_event stop() noexcept
    {
        if (since_ == time_point{}) [[likely]]
            return {};
        const time_point now = clock::now();
        return {.held = now - std::exchange(since_, time_point{}), .at = now, .measured = true};
    }

private:
    time_point since_{};
};
template <>
class hold_timer<false> {
public:
    static constexpr void start(bool) noexcept {}
    [[nodiscard]] static constexpr released_event stop() noexcept { return {}; }
};

template <class M, class O>
struct slot_states {
    [[no_unique_address]] typename per_slot_of<M>::type metrics;
    [[no_unique_address]] typename per_slot_of<O>::type ownership;
    [[no_unique_address]] lease_picker<measures_every<M>> picker;
};

/// What the policies keep of one lease, and its times.
template <class M>
struct lease_states {
    [[no_unique_address]] typename per_lease_of<M>::type metrics;
    [[no_unique_address]] hold_timer<measures_every<M> != 0> timer;
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
/// There is something to ask for: what the policy counted, or what the adapter counts.
template <class Traits>
concept counts = measures<typename Traits::metrics> || reports_numbers<typename Traits::adapter>;
/// The policy is told what happens off the fast path.
template <class M>
concept observes = requires(const resource_event& event) { M::on_event(event); };
template <class O>
concept knows_holders = requires(const typename per_slot_of<O>::type& s) { O::holder(s); };
/// The policy knows since when each lease is out, and from which line.
template <class O>
concept traces_leases = requires(const typename per_slot_of<O>::type& s) {
    { O::trace(s) } -> std::same_as<std::optional<lease_trace>>;
};
template <class H>
concept knows_health = requires(const typename per_resource_of<H>::type& r) { H::report(r); };
template <class H>
concept validates_on_borrow =
    requires(const typename per_resource_of<H>::type& r) { H::wants_validation(r, duration{}); };
template <class H>
concept validates_on_return = requires { requires H::validates_returned; };
/// The policy is of no use without an adapter that validates.
template <class H>
concept needs_validation = requires { requires H::needs_validate; };
template <class H>
concept validates_when_idle = requires { requires H::validates_idle; };
/// The policy may refuse an acquisition at once.
template <class H>
concept admits = requires(typename per_resource_of<H>::type& r, bool good) {
    { H::admit(r) } -> std::same_as<admission>;
    { H::admits_all(r) } -> std::same_as<bool>;
    H::on_probe_ended(r, good);
};
/// Holders may say how they found the resource.
template <class H>
concept hears_holders = requires(typename per_resource_of<H>::type& r) { H::on_reported(r, true); };
/// The policy can be told the time, or does not work without it.
template <class H>
concept has_ticks = requires(typename per_resource_of<H>::type& r) { H::on_tick(r, time_point{}); };
template <class H>
concept needs_ticks = requires { requires H::tick_interval != time_span{}; };

/// How far the time may be behind of a pool that itself wants no more than `wanted`: no more than the health policy
/// wants, and a millisecond in any case.
template <class H>
[[nodiscard]] constexpr duration precision_with(duration wanted) noexcept
{
    if constexpr (needs_ticks<H>)
        wanted = std::min(wanted, duration{H::tick_interval});
    return std::max<duration>(wanted, std::chrono::milliseconds{1});
}

/// Calls a metrics policy's hook of one lease, with or without a state of the lease, if it is there.
template <class M>
constexpr void metrics_acquired([[maybe_unused]] auto& r, [[maybe_unused]] auto& s, [[maybe_unused]] auto& l,
                                [[maybe_unused]] const acquired_event& event) noexcept
{
    if constexpr (requires { M::on_acquired(r, s, l, event); })
        M::on_acquired(r, s, l, event);
    else if constexpr (requires { M::on_acquired(r, s, event); })
        M::on_acquired(r, s, event);
}
template <class M>
constexpr void metrics_released([[maybe_unused]] auto& r, [[maybe_unused]] auto& s, [[maybe_unused]] auto& l,
                                [[maybe_unused]] const released_event& event) noexcept
{
    if constexpr (requires { M::on_released(r, s, l, event); })
        M::on_released(r, s, l, event);
    else if constexpr (requires { M::on_released(r, s, event); })
        M::on_released(r, s, event);
}

/// Calls the hooks of one resource's policies: those that are there.
template <class H, class M, class O>
struct hooks : private metrics_hook_rules<M, typename per_resource_of<M>::type, typename per_slot_of<M>::type,
                                          typename per_lease_of<M>::type>,
               private ownership_hook_rules<O, typename per_slot_of<O>::type>,
               private health_hook_rules<H, typename per_resource_of<H>::type> {
    using resource = resource_states<H, M, O>;
    using slot = slot_states<M, O>;
    using lease = lease_states<M>;

    static void acquired(resource& r, slot& s, [[maybe_unused]] lease& l, const acquired_event& event) noexcept
    {
        if constexpr (requires { O::on_acquired(s.ownership, event.owner); })
            O::on_acquired(s.ownership, event.owner);
        else if constexpr (requires { O::on_acquired(s.ownership, event); })
            O::on_acquired(s.ownership, event);
        metrics_acquired<M>(r.metrics, s.metrics, l.metrics, event);
        l.timer.start(s.picker.pick());
    }

    static void released(resource& r, slot& s, [[maybe_unused]] lease& l) noexcept
    {
        [[maybe_unused]] const released_event event = l.timer.stop();
        metrics_released<M>(r.metrics, s.metrics, l.metrics, event);
        if constexpr (requires { O::on_released(s.ownership); })
            O::on_released(s.ownership);
    }

    static void failed(resource& r, std::string_view name, const failed_event& event, std::string_view details) noexcept
    {
        if constexpr (requires { M::on_failed(r.metrics, event); })
            M::on_failed(r.metrics, event);
        happened(event.code == errc::timed_out ? resource_event::kind::timed_out : resource_event::kind::failed, name,
                 details);
    }

    /// Whether somebody wants to know how long creating took.
    static constexpr bool times_creating =
        requires(resource& r, const created_event& event) { M::on_created(r.metrics, event); };

    /// `proves`: that it could be created says that the resource is well.
    static void created(resource& r, std::string_view name, const created_event& event,
                        [[maybe_unused]] bool proves) noexcept
    {
        if constexpr (times_creating)
            M::on_created(r.metrics, event);
        if constexpr (requires { H::on_created(r.health); })
            if (proves)
                H::on_created(r.health);
        happened(resource_event::kind::created, name);
    }

    static void create_failed(resource& r, std::string_view name, const std::exception_ptr& cause) noexcept
    {
        if constexpr (requires { M::on_create_failed(r.metrics); })
            M::on_create_failed(r.metrics);
        if constexpr (requires { H::on_create_failed(r.health); })
            watched(r, name, [&] { H::on_create_failed(r.health); });
        happened(resource_event::kind::create_failed, name, cause);
    }

    static void validated(resource& r, std::string_view name, bool good) noexcept
    {
        if constexpr (requires { M::on_validated(r.metrics, good); })
            M::on_validated(r.metrics, good);
        if constexpr (requires { H::on_validated(r.health, good); })
            watched(r, name, [&] { H::on_validated(r.health, good); });
        if (!good)
            happened(resource_event::kind::invalid, name);
    }

    static void reported(resource& r, std::string_view name, bool good) noexcept
        requires hears_holders<H>
    {
        watched(r, name, [&] { H::on_reported(r.health, good); });
    }

    static void retired(resource& r, std::string_view name, const retired_event& event) noexcept
    {
        if constexpr (requires { M::on_retired(r.metrics, event); })
            M::on_retired(r.metrics, event);
        happened(resource_event::kind::retired, name, to_string(event.why));
    }

    static void destroy_failed(std::string_view name, const std::exception_ptr& cause) noexcept
    {
        happened(resource_event::kind::destroy_failed, name, cause);
    }

    /// Where nobody wants to be told it goes to stderr: it is a mistake of the program.
    static void leaked(std::string_view name, std::string_view details) noexcept
    {
        if constexpr (observes<M>)
            happened(resource_event::kind::leaked, name, details);
        else
            std::fprintf(stderr, "steward: a lease of '%.*s' is %.*s\n", static_cast<int>(name.size()), name.data(),
                         static_cast<int>(details.size()), details.data());
    }

    static void tick([[maybe_unused]] resource& r, [[maybe_unused]] time_point now) noexcept
    {
        if constexpr (has_ticks<H>)
            H::on_tick(r.health, now);
    }

    /// Whether nobody has to ask for admission.
    [[nodiscard]] static bool admits_all([[maybe_unused]] const resource& r) noexcept
    {
        if constexpr (admits<H>)
            return H::admits_all(r.health);
        else
            return true;
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

private:
    static void happened([[maybe_unused]] resource_event::kind what, [[maybe_unused]] std::string_view name,
                         [[maybe_unused]] std::string_view details = {}) noexcept
    {
        if constexpr (observes<M>)
            M::on_event(resource_event{what, name, details});
    }
    static void happened([[maybe_unused]] resource_event::kind what, [[maybe_unused]] std::string_view name,
                         [[maybe_unused]] const std::exception_ptr& cause) noexcept
    {
        if constexpr (observes<M>)
            try {
                happened(what, name, std::string_view{describe(cause)});
            } catch (...) { // no memory for the words
                happened(what, name);
            }
    }

    // Does what may make the resource unhealthy, and says so if it does.
    template <class F>
    static void watched([[maybe_unused]] resource& r, [[maybe_unused]] std::string_view name, F change) noexcept
    {
        if constexpr (observes<M> && knows_health<H>) {
            const bool before = H::report(r.health).health == resource_health::unhealthy;
            change();
            const health_verdict after = H::report(r.health);
            if (!before && after.health == resource_health::unhealthy)
                happened(resource_event::kind::unhealthy, name, after.reason);
        } else {
            change();
        }
    }
};

} // namespace steward::inline v0::detail
