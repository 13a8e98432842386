// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapter.hpp>
#include <steward/defaults.hpp>
#include <steward/fixed_string.hpp>
#include <steward/policy.hpp>
#include <steward/pool/hooks.hpp>
#include <steward/pool/slot_cell.hpp>
#include <steward/pool/wait_queue.hpp>

#include <concepts>
#include <cstddef>
#include <type_traits>
#include <utility>

namespace steward::inline v0 {

/// The policy of an axis where neither resource, manager nor adapter names one. `<steward/steward.hpp>` defines it.
template <axis Axis>
struct standard_policy;

namespace detail {

/// The first policy of an axis in a list; void if there is none.
template <axis Axis, class... Policies>
struct find_policy {
    using type = void;
};
template <axis Axis, class First, class... Rest>
struct find_policy<Axis, First, Rest...> : find_policy<Axis, Rest...> {};
template <axis Axis, class First, class... Rest>
    requires policy_for<First, Axis>
struct find_policy<Axis, First, Rest...> {
    using type = First;
};

template <axis Axis, class... Lists>
struct find_in_lists {
    using type = typename standard_policy<Axis>::type;
};
template <axis Axis, class... Policies, class... Lists>
struct find_in_lists<Axis, defaults<Policies...>, Lists...> {
    using found = typename find_policy<Axis, Policies...>::type;
    using type = typename std::conditional_t<std::is_void_v<found>, find_in_lists<Axis, Lists...>,
                                             std::type_identity<found>>::type;
};

template <class Adapter>
struct defaults_of {
    using type = defaults<>;
};
template <class Adapter>
    requires requires { typename Adapter::default_policies; }
struct defaults_of<Adapter> {
    using type = typename Adapter::default_policies;
};

/// An adapter and the policies: the one argument of everything inside a pool. The resource's name is not part of
/// it, so that resources of one kind share the code of one pool.
template <class Adapter, class Locking, class Waiting, class Pooling, class Health, class Metrics, class Ownership>
struct pool_traits {
    using adapter = Adapter;
    using locking = Locking;
    using waiting = Waiting;
    using pooling = Pooling;
    using health = Health;
    using metrics = Metrics;
    using ownership = Ownership;
};

/// A resource with its policies decided.
template <fixed_string Name, class Adapter, class Locking, class Waiting, class Pooling, class Health, class Metrics,
          class Ownership>
struct resource_traits : pool_traits<Adapter, Locking, Waiting, Pooling, Health, Metrics, Ownership> {
    static constexpr auto name = Name;
    using of_pool = pool_traits<Adapter, Locking, Waiting, Pooling, Health, Metrics, Ownership>;
};

template <axis Axis, class... Policies>
inline constexpr std::size_t policies_of = (std::size_t{0} + ... + (policy_for<Policies, Axis> ? 1 : 0));

/// A condition with the name of the resource that it is about, for the compiler to print.
template <fixed_string Name, bool Condition>
inline constexpr bool holds_for = Condition;

/// A policy of another axis, or a pooling policy that is whole.
template <class P>
concept pools_if_it_should = !policy_for<P, axis::pooling> || requires { typename P::options; };
template <class A>
concept has_create = requires(A& a) { a.create(); } || requires(A& a) { a.create(time_point{}); };
template <class A>
concept has_default_settings = std::default_initializable<typename A::settings>;

/// What a resource must be, each in one sentence.
template <fixed_string Name, class Adapter, class... Policies>
struct resource_rules {
    static_assert(holds_for<Name, !Name.view().empty()>, "steward::resource: the name is empty");
    static_assert(holds_for<Name, names_its_settings<Adapter>>, "steward::adapter: no type named settings");
    static_assert(holds_for<Name, names_its_resource_type<Adapter>>, "steward::adapter: no type named resource_type");
    static_assert(holds_for < Name, takes_its_settings<Adapter> || !names_its_settings < Adapter >>,
                  "steward::adapter: no constructor that takes its settings");
    static_assert(holds_for<Name, has_create<Adapter>>, "steward::adapter: no create()");
    static_assert(holds_for < Name,
                  !has_create<Adapter> || !names_its_resource_type<Adapter> || creates_its_resource_type < Adapter >>,
                  "steward::adapter: create() does not return resource_type by value");
    static_assert(holds_for<Name, (policy<Policies> && ...)>,
                  "steward::resource: an argument behind the adapter is not a policy");
    static_assert(holds_for<Name, (pools_if_it_should<Policies> && ...)>,
                  "steward::pooling: a pooling policy needs options and pool<Traits>");
    static_assert(holds_for<Name, policies_of<axis::locking, Policies...> <= 1>,
                  "steward::resource: two locking policies were given");
    static_assert(holds_for<Name, policies_of<axis::waiting, Policies...> <= 1>,
                  "steward::resource: two waiting policies were given");
    static_assert(holds_for<Name, policies_of<axis::pooling, Policies...> <= 1>,
                  "steward::resource: two pooling policies were given");
    static_assert(holds_for<Name, policies_of<axis::health, Policies...> <= 1>,
                  "steward::resource: two health policies were given");
    static_assert(holds_for<Name, policies_of<axis::metrics, Policies...> <= 1>,
                  "steward::resource: two metrics policies were given");
    static_assert(holds_for<Name, policies_of<axis::ownership, Policies...> <= 1>,
                  "steward::resource: two ownership policies were given");
};

/// What the policies must be together.
template <class Traits>
struct traits_rules {
    static_assert(locking_parts<typename Traits::locking>,
                  "steward::locking: a locking policy needs mutex_type, cell, guarded, waits, spin_time, "
                  "order_release() and order_sleep()");
    static_assert(waiting_parts<typename Traits::waiting>,
                  "steward::waiting: a waiting policy needs overtaking_time, in_order and sleeps");
    static_assert(!needs_validation<typename Traits::health> || validates<typename Traits::adapter>,
                  "steward::resource: this health policy needs an adapter with validate()");
    static_assert(
        !requires { requires Traits::pooling::has_many_holders; } || !validates_on_return<typename Traits::health>,
        "steward::resource: a health policy that looks at what comes back does not go with a shared "
        "resource: others still hold it");
    static_assert(
        !requires { requires Traits::pooling::has_many_holders; } || !traces_leases<typename Traits::ownership>,
        "steward::resource: ownership::traced does not go with a shared resource, which has no slots: take tracked");
    static_assert(
        !requires { requires Traits::pooling::is_new_for_each_lease; }
            || !(validates_on_borrow<typename Traits::health> || validates_on_return<typename Traits::health>),
        "steward::resource: a validating health policy does not go with transient resources: each lease "
        "gets a new one");
    static constexpr bool value = true;
};

/// No options were given for a resource.
struct no_options {};

} // namespace detail

/// The settings and options of one resource, on their way into a manager: what `with` returns.
template <fixed_string Name, class Adapter, class Options>
struct configured {
    static constexpr auto name = Name;   ///< of the resource
    typename Adapter::settings settings; ///< of its adapter
    Options options;                     ///< of its pool; an empty type where none were given
};

/// The declaration of one resource: a name, an adapter, and at most one policy for each axis, in any order.
///
/// An axis that is not named takes the manager's default, else the adapter's, else the standard one. A struct may
/// derive from it to have a short name: `struct orders : resource<"orders", ...> {};`.
template <fixed_string Name, class Adapter, class... Policies>
struct resource : private detail::resource_rules<Name, Adapter, Policies...> {
    static constexpr auto name = Name;           ///< as it was declared
    using adapter = Adapter;                     ///< as it was declared
    using settings = typename Adapter::settings; ///< the adapter's

    /// The resource with all policies decided, `ManagerDefaults` among them.
    template <class ManagerDefaults = defaults<>>
    struct decided {
        /// The policy of an axis: the resource's own, else the manager's, else the adapter's, else the standard one.
        template <axis Axis>
        using find = typename detail::find_in_lists<Axis, defaults<Policies...>, ManagerDefaults,
                                                    typename detail::defaults_of<Adapter>::type>::type;
        /// All of it as one type, for pools.
        using traits =
            detail::resource_traits<Name, Adapter, find<axis::locking>, find<axis::waiting>, find<axis::pooling>,
                                    find<axis::health>, find<axis::metrics>, find<axis::ownership>>;
    };

    /// Its policies where the manager has no defaults of its own.
    /// @{
    using locking_policy = typename decided<>::traits::locking;
    using waiting_policy = typename decided<>::traits::waiting;
    using pooling_policy = typename decided<>::traits::pooling;
    using health_policy = typename decided<>::traits::health;
    using metrics_policy = typename decided<>::traits::metrics;
    using ownership_policy = typename decided<>::traits::ownership;
    /// @}

    /// The settings of the adapter, for the manager's constructor.
    [[nodiscard]] static constexpr configured<Name, Adapter, detail::no_options> with(settings s)
    {
        return {std::move(s), {}};
    }
    /// The settings of the adapter and the options of the pool; options that are not named keep their values.
    [[nodiscard]] static constexpr auto with(settings s, typename pooling_policy::options o)
    {
        return configured<Name, Adapter, typename pooling_policy::options>{std::move(s), std::move(o)};
    }
};

} // namespace steward::inline v0
