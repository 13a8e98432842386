// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/catalog.hpp>
#include <steward/detail/indexed_types.hpp>
#include <steward/fsm/detail/all_needs.hpp>
#include <steward/manager.hpp>
#include <steward/needs.hpp>

#include <array>
#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>

namespace steward::inline v0 {

namespace detail {

/// A need must be in the catalog; the name stands in the error.
template <fixed_string Name, bool IsThere>
struct is_in_the_catalog {
    static_assert(holds_for<Name, IsThere>, "steward::manager_for: a need is not a resource of the catalog");
    static constexpr bool value = true;
};

/// The resources of a catalog that are needed, in the catalog's order.
template <class Needs, class Defaults, class... Resources>
struct select_resources {
    static constexpr std::size_t count = (std::size_t{0} + ... + (Needs::contains(Resources::name.view()) ? 1 : 0));
    static constexpr auto kept = [] {
        std::array<std::size_t, count> indices{};
        [[maybe_unused]] std::size_t at = 0, from = 0;
        ((Needs::contains(Resources::name.view()) ? static_cast<void>(indices[at++] = from) : void(), ++from), ...);
        return indices;
    }();

    template <std::size_t I>
    using resource_at = typename decltype(type_at<I>(static_cast<const types_in_order<Resources...>*>(nullptr)))::type;

    template <std::size_t... Is>
    static manager<Defaults, resource_at<kept[Is]>...> select(std::index_sequence<Is...>);

    using type = decltype(select(std::make_index_sequence<count>{}));
};

template <class Catalog, class Needs>
struct tailor;
template <class... Policies, class... Resources, need... Needs>
struct tailor<catalog<defaults<Policies...>, Resources...>, need_list<Needs...>> {
    using names = names_in_order<Resources::name...>;
    static_assert((is_in_the_catalog<Needs.name, has_name<Needs.name, names>>::value && ...));
    using type = typename select_resources<need_list<Needs...>, defaults<Policies...>, Resources...>::type;
};
template <class... Resources, need... Needs>
struct tailor<catalog<Resources...>, need_list<Needs...>> {
    using names = names_in_order<Resources::name...>;
    static_assert((is_in_the_catalog<Needs.name, has_name<Needs.name, names>>::value && ...));
    using type = typename select_resources<need_list<Needs...>, defaults<>, Resources...>::type;
};

} // namespace detail

/// The manager that holds exactly what a machine, its states and its arcs declare, and the machines that are nested in it, in
/// the catalog's order. A need that the catalog lacks does not compile.
template <class Fsm, class Catalog>
using manager_for = typename detail::tailor<Catalog, detail::all_needs_of<Fsm>>::type;

} // namespace steward::inline v0
