// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/detail/policy_state.hpp>
#include <steward/policy.hpp>
#include <steward/pool/hooks.hpp>

#include <cstddef>
#include <type_traits>
#include <utility>

namespace steward::inline v0::health {

/// Several health policies as one: a resource is validated if one of them wants it, and refused if one refuses.
///
/// Its health is that of a policy that decides about admission (`circuit_breaker`) as long as it is not well, else the
/// worst that any of them knows. Cost: the sum of the policies.
template <policy_for<axis::health>... Policies>
struct all : policy {
private:
    template <class P>
    using state_of = typename steward::detail::per_resource_of<P>::type;

public:
    using per_resource = steward::detail::combined_state<state_of<Policies>...>;

    static constexpr bool needs_validate = (steward::detail::needs_validation<Policies> || ...);
    static constexpr bool validates_returned = (steward::detail::validates_on_return<Policies> || ...);
    static constexpr bool validates_idle = (steward::detail::validates_when_idle<Policies> || ...);

    /// Zero if none of them needs the time.
    static constexpr time_span tick_interval = [] {
        time_span shortest{};
        const auto look = [&]<class P>(std::type_identity<P>) {
            if constexpr (steward::detail::needs_ticks<P>)
                if (shortest == time_span{} || P::tick_interval.nanoseconds < shortest.nanoseconds)
                    shortest = P::tick_interval;
        };
        (look(std::type_identity<Policies>{}), ...);
        return shortest;
    }();

    [[nodiscard]] static bool wants_validation(const per_resource& r, duration idle) noexcept
        requires(steward::detail::validates_on_borrow<Policies> || ...)
    {
        bool wanted = false;
        each(r, [&]<class P>(std::type_identity<P>, const auto& state) {
            if constexpr (steward::detail::validates_on_borrow<P>)
                wanted = wanted || P::wants_validation(state, idle);
        });
        return wanted;
    }

    [[nodiscard]] static bool admits_all(const per_resource& r) noexcept
        requires(steward::detail::admits<Policies> || ...)
    {
        bool open = true;
        each(r, [&]<class P>(std::type_identity<P>, const auto& state) {
            if constexpr (steward::detail::admits<P>)
                open = open && P::admits_all(state);
        });
        return open;
    }

    // Who is refused by one was no probe of another. This and on_reported are templates, since GCC 12 takes the address
    // of other functions, as hook_rules do to find them, even where their constraints say that they are not there.
    [[nodiscard]] static admission admit(auto& r) noexcept
        requires(steward::detail::admits<Policies> || ...)
    {
        bool refused = false, probe = false;
        each(r, [&]<class P>(std::type_identity<P>, auto& state) {
            if constexpr (steward::detail::admits<P>) {
                const admission said = refused ? admission::refused : P::admit(state);
                refused = refused || said == admission::refused;
                probe = probe || said == admission::probe;
            }
        });
        if (refused && probe)
            on_probe_ended(r, false);
        if (refused)
            return admission::refused;
        return probe ? admission::probe : admission::granted;
    }

    static void on_probe_ended(per_resource& r, bool good) noexcept
        requires(steward::detail::admits<Policies> || ...)
    {
        each(r, [&]<class P>(std::type_identity<P>, auto& state) {
            if constexpr (steward::detail::admits<P>)
                P::on_probe_ended(state, good);
        });
    }

    static void on_tick(per_resource& r, time_point now) noexcept
    {
        each(r, [&]<class P>(std::type_identity<P>, auto& state) {
            if constexpr (requires { P::on_tick(state, now); })
                P::on_tick(state, now);
        });
    }
    static void on_created(per_resource& r) noexcept
    {
        each(r, []<class P>(std::type_identity<P>, auto& state) {
            if constexpr (requires { P::on_created(state); })
                P::on_created(state);
        });
    }
    static void on_create_failed(per_resource& r) noexcept
    {
        each(r, []<class P>(std::type_identity<P>, auto& state) {
            if constexpr (requires { P::on_create_failed(state); })
                P::on_create_failed(state);
        });
    }
    static void on_validated(per_resource& r, bool good) noexcept
    {
        each(r, [&]<class P>(std::type_identity<P>, auto& state) {
            if constexpr (requires { P::on_validated(state, good); })
                P::on_validated(state, good);
        });
    }
    static void on_reported(auto& r, bool good) noexcept
        requires(steward::detail::hears_holders<Policies> || ...)
    {
        each(r, [&]<class P>(std::type_identity<P>, auto& state) {
            if constexpr (steward::detail::hears_holders<P>)
                P::on_reported(state, good);
        });
    }

    [[nodiscard]] static health_verdict report(const per_resource& r) noexcept
    {
        health_verdict decides, worst;
        each(r, [&]<class P>(std::type_identity<P>, const auto& state) {
            if constexpr (steward::detail::knows_health<P>) {
                const health_verdict said = P::report(state);
                health_verdict& seen = steward::detail::admits<P> ? decides : worst;
                if (said.health > seen.health)
                    seen = said;
            }
        });
        if (decides.health >= resource_health::degraded || worst.health == resource_health::unknown)
            return decides;
        return worst;
    }

private:
    template <class State, class F>
    static void each(State& r, F f) noexcept
    {
        [&]<std::size_t... Is>(std::index_sequence<Is...>) {
            (f(std::type_identity<Policies>{}, steward::detail::state_at<Is>(r)), ...);
        }(std::index_sequence_for<Policies...>{});
    }
};

} // namespace steward::inline v0::health
