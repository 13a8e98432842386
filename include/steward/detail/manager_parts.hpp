// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/detail/pool_set.hpp>
#include <steward/error.hpp>
#include <steward/resource_ref.hpp>

#include <boost/hana/tuple.hpp>
#include <boost/hana/type.hpp>

#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace steward::detail {

template <class T>
inline constexpr bool is_configured = false;
template <fixed_string Name, class Adapter, class Options>
inline constexpr bool is_configured<configured<Name, Adapter, Options>> = true;

template <fixed_string Name, class Pools>
inline constexpr bool has_name = requires { index_in<Name>(static_cast<const Pools*>(nullptr)); };

template <class R>
concept declares_a_resource = requires { typename R::template decided<>::traits; };

[[nodiscard]] constexpr bool all_different(const auto& names) noexcept
{
    for (std::size_t i = 0; i != names.size(); ++i)
        for (std::size_t j = 0; j != i; ++j)
            if (names[i] == names[j])
                return false;
    return true;
}

/// What the resources of a manager or a catalog must be together.
template <class... Resources>
struct resource_list_rules {
    static_assert((declares_a_resource<Resources> && ...),
                  "steward::manager: an argument is not a steward::resource (defaults<...> may only come first)");
    static_assert(all_different(std::array<std::string_view, sizeof...(Resources)>{Resources::name.view()...}),
                  "steward::manager: two resources have the same name");
};

/// A manager's arguments, taken apart.
template <class... Args>
struct manager_parts : manager_parts<defaults<>, Args...> {};

template <class... Policies, class... Resources>
struct manager_parts<defaults<Policies...>, Resources...> {
    using rules = resource_list_rules<Resources...>;
    using pools = pool_set<std::index_sequence_for<Resources...>,
                           typename Resources::template decided<defaults<Policies...>>::traits...>;

    static constexpr std::size_t size = sizeof...(Resources);

    template <class Config>
    static constexpr bool takes = (is_config_of<Resources::name, typename Resources::adapter, Config> || ...);

    template <class Pool>
    static constexpr bool closes = requires(Pool& p) { p.close(); };
    static constexpr bool can_close =
        (closes<pool_of<typename Resources::template decided<defaults<Policies...>>::traits>> || ...);
    template <class Pool>
    static constexpr bool maintains = requires(Pool& p) { p.maintain(time_point{}); };
    static constexpr bool can_maintain =
        (maintains<pool_of<typename Resources::template decided<defaults<Policies...>>::traits>> || ...);

    template <class... Configs>
    static void check(std::vector<configuration_problem>& problems, const Configs&... configs)
    {
        check_leaves(std::type_identity<pools>{}, problems, configs...);
    }

    /// Calls `f(leaf)` for each, from the first to the last.
    template <class F>
    static constexpr void each(pools& all, F f)
    {
        each_leaf(std::index_sequence_for<Resources...>{}, all, f);
    }
    /// Calls `f(leaf)` for each, from the last to the first.
    template <class F>
    static constexpr void each_reversed(pools& all, F f)
    {
        each_leaf_reversed(std::index_sequence_for<Resources...>{}, all, f);
    }
    /// Calls `f(name_constant)` for each.
    template <class F>
    static constexpr void each_name(F f)
    {
        (f(name_constant<Resources::name>{}), ...);
    }

    /// Calls `f(resource_ref)` for the resource of that name.
    template <class Manager, class F>
    static decltype(auto) visit(Manager& manager, std::string_view name, F& f)
    {
        return visit_next<Manager, F, Resources...>(manager, name, f);
    }

    [[nodiscard]] static constexpr auto hana_types() { return boost::hana::tuple_t<Resources...>; }

private:
    template <std::size_t... Is, class... Traits, class... Configs>
    static void check_leaves(std::type_identity<pool_set<std::index_sequence<Is...>, Traits...>>,
                             std::vector<configuration_problem>& problems, const Configs&... configs)
    {
        (pool_leaf<Is, Traits>::check(problems, configs...), ...);
    }

    template <std::size_t... Is, class F>
    static constexpr void each_leaf(std::index_sequence<Is...>, pools& all, F& f)
    {
        (f(leaf_at<Is>(all)), ...);
    }
    template <std::size_t... Is, class F>
    static constexpr void each_leaf_reversed(std::index_sequence<Is...>, pools& all, F& f)
    {
        (f(leaf_at<size - 1 - Is>(all)), ...);
    }

    template <class Manager, class F, class First, class... Rest>
    static decltype(auto) visit_next(Manager& manager, std::string_view name, F& f)
    {
        if (name == First::name.view())
            return f(resource_ref<Manager, First::name>{manager});
        if constexpr (sizeof...(Rest) != 0)
            return visit_next<Manager, F, Rest...>(manager, name, f);
        else
            throw unknown(name);
    }

    static resource_error unknown(std::string_view name)
    {
        std::string details{"this manager has "};
        (details.append("'").append(Resources::name.view()).append("', "), ...);
        details.resize(details.size() - 2);
        return {name, operation::look_up, errc::unknown_resource, details};
    }
};

} // namespace steward::detail
