// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/detail/policy_state.hpp>
#include <steward/policy.hpp>
#include <steward/pool/hooks.hpp>

#include <cstddef>
#include <cstdint>
#include <type_traits>
#include <utility>

namespace steward::inline v0::metrics {

/// The part of `all` that is told events, if one of the policies is.
template <class... Policies>
struct observing_ones {};
/// Tells each of them that observes.
template <class... Policies>
    requires(steward::detail::observes<Policies> || ...)
struct observing_ones<Policies...> {
    static void on_event(const resource_event& event) noexcept
    {
        const auto tell = [&]<class P>(std::type_identity<P>) {
            if constexpr (steward::detail::observes<P>)
                P::on_event(event);
        };
        (tell(std::type_identity<Policies>{}), ...);
    }
};

/// Several metrics policies as one. What two of them count is reported once. Cost: the sum of the policies; leases are
/// timed once for all of them, as often as the one that wants it most.
template <policy_for<axis::metrics>... Policies>
struct all : policy, observing_ones<Policies...> {
private:
    template <class P>
    using resource_of = typename steward::detail::per_resource_of<P>::type;
    template <class P>
    using slot_of = typename steward::detail::per_slot_of<P>::type;
    template <class P>
    using lease_of = typename steward::detail::per_lease_of<P>::type;

    // A policy that is content with what others time does so only if there is one.
    static constexpr std::uint64_t shortest(bool content_ones) noexcept
    {
        std::uint64_t every = 0;
        const auto look = [&]<class P>(std::type_identity<P>) {
            constexpr std::uint64_t wanted = steward::detail::measures_every<P>;
            if (steward::detail::measures_what_others_do<P> == content_ones && wanted != 0
                && (every == 0 || wanted < every))
                every = wanted;
        };
        (look(std::type_identity<Policies>{}), ...);
        return every;
    }

public:
    static constexpr std::uint64_t measures_every = shortest(false) != 0 ? shortest(false) : shortest(true);

    using per_resource = steward::detail::combined_state<resource_of<Policies>...>;
    using per_slot = steward::detail::combined_state<slot_of<Policies>...>;
    using per_lease = steward::detail::combined_state<lease_of<Policies>...>;

    static void on_acquired(per_resource& r, per_slot& s, per_lease& l, const acquired_event& event) noexcept
    {
        each([&]<class P, std::size_t I>(std::type_identity<P>, std::integral_constant<std::size_t, I>) {
            steward::detail::metrics_acquired<P>(at<I>(r), at<I>(s), at<I>(l), event);
        });
    }
    static void on_released(per_resource& r, per_slot& s, per_lease& l, const released_event& event) noexcept
    {
        each([&]<class P, std::size_t I>(std::type_identity<P>, std::integral_constant<std::size_t, I>) {
            steward::detail::metrics_released<P>(at<I>(r), at<I>(s), at<I>(l), event);
        });
    }
    static void on_failed(per_resource& r, const failed_event& event) noexcept
    {
        each([&]<class P, std::size_t I>(std::type_identity<P>, std::integral_constant<std::size_t, I>) {
            if constexpr (requires { P::on_failed(at<I>(r), event); })
                P::on_failed(at<I>(r), event);
        });
    }
    static void on_created(per_resource& r, const created_event& event) noexcept
    {
        each([&]<class P, std::size_t I>(std::type_identity<P>, std::integral_constant<std::size_t, I>) {
            if constexpr (requires { P::on_created(at<I>(r), event); })
                P::on_created(at<I>(r), event);
        });
    }
    static void on_create_failed(per_resource& r) noexcept
    {
        each([&]<class P, std::size_t I>(std::type_identity<P>, std::integral_constant<std::size_t, I>) {
            if constexpr (requires { P::on_create_failed(at<I>(r)); })
                P::on_create_failed(at<I>(r));
        });
    }
    static void on_validated(per_resource& r, bool good) noexcept
    {
        each([&]<class P, std::size_t I>(std::type_identity<P>, std::integral_constant<std::size_t, I>) {
            if constexpr (requires { P::on_validated(at<I>(r), good); })
                P::on_validated(at<I>(r), good);
        });
    }
    static void on_retired(per_resource& r, const retired_event& event) noexcept
    {
        each([&]<class P, std::size_t I>(std::type_identity<P>, std::integral_constant<std::size_t, I>) {
            if constexpr (requires { P::on_retired(at<I>(r), event); })
                P::on_retired(at<I>(r), event);
        });
    }
    static void report(const per_resource& r, metrics_snapshot& out) { out.merge(reports_of(r)); }
    /// A histogram of the resource, which reports before its slots do, holds what they timed, too.
    static void report(const per_slot& s, metrics_snapshot& out)
    {
        metrics_snapshot slot = reports_of(s);
        for (auto times :
             {&metrics_snapshot::hold_time, &metrics_snapshot::acquire_time, &metrics_snapshot::create_time})
            if (!(out.*times).spread.empty())
                slot.*times = {};
        out.merge(slot);
    }

private:
    template <std::size_t I>
    static constexpr auto& at(auto& states) noexcept
    {
        return steward::detail::state_at<I>(states);
    }

    template <class States>
    [[nodiscard]] static metrics_snapshot reports_of(const States& states)
    {
        metrics_snapshot together;
        each([&]<class P, std::size_t I>(std::type_identity<P>, std::integral_constant<std::size_t, I>) {
            if constexpr (requires { P::report(at<I>(states), together); }) {
                metrics_snapshot one;
                P::report(at<I>(states), one);
                together.complete(one);
            }
        });
        return together;
    }

    template <class F>
    static constexpr void each(F f)
    {
        [&]<std::size_t... Is>(std::index_sequence<Is...>) {
            (f(std::type_identity<Policies>{}, std::integral_constant<std::size_t, Is>{}), ...);
        }(std::index_sequence_for<Policies...>{});
    }
};

} // namespace steward::inline v0::metrics
