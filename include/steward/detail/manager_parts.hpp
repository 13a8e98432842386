// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/detail/given_configs.hpp>
#include <steward/detail/name_set.hpp>
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

namespace steward::inline v0::detail {

/// A manager's arguments, taken apart.
template <class... Args>
struct manager_parts : manager_parts<defaults<>, Args...> {};

template <class... Policies, class... Resources>
struct manager_parts<defaults<Policies...>, Resources...> {
    using names = names_in_order<Resources::name...>;
    using pools = pool_set<std::index_sequence_for<Resources...>,
                           typename Resources::template decided<defaults<Policies...>>::traits...>;

    static constexpr std::size_t size = sizeof...(Resources);

    template <class Pool>
    static constexpr bool closes = requires(Pool& p) { p.close(); };
    static constexpr bool can_close =
        (closes<pool_of<typename Resources::template decided<defaults<Policies...>>::traits>> || ...);
    template <class Pool>
    static constexpr bool maintains = requires(Pool& p) { p.maintain(time_point{}); };
    static constexpr bool can_maintain =
        (maintains<pool_of<typename Resources::template decided<defaults<Policies...>>::traits>> || ...);

    template <class Pool>
    static constexpr bool wants_time = requires { requires Pool::needs_housekeeping; };
    static constexpr bool needs_housekeeper =
        (wants_time<pool_of<typename Resources::template decided<defaults<Policies...>>::traits>> || ...);

    /// Finds all that is wrong with what was given, before anything is built.
    template <class Given>
    static void check(Given& given)
    {
        std::vector<configuration_problem> problems;
        check_leaves(std::type_identity<pools>{}, problems, given);
        if (!problems.empty())
            throw configuration_error{std::move(problems)};
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
    template <std::size_t... Is, class... Traits, class Given>
    static void check_leaves(std::type_identity<pool_set<std::index_sequence<Is...>, Traits...>>,
                             std::vector<configuration_problem>& problems, Given& given)
    {
        (pool_leaf<Is, Traits>::check(problems, given), ...);
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

} // namespace steward::inline v0::detail
