// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/catalog.hpp>
#include <steward/manager.hpp>
#include <steward/needs.hpp>

#include <array>
#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>

namespace steward {

template <class... States>
struct states;

namespace detail {

/// The needs of a state or a machine; none if it declares none.
template <class T>
struct needs_of {
    using type = needs<>;
};
template <class T>
    requires requires { typename T::needs; }
struct needs_of<T> {
    using type = typename T::needs;
};

template <class... Needs>
struct needs_list {
    [[nodiscard]] static constexpr bool contains(std::string_view name) noexcept
    {
        return (Needs::contains(name) || ...);
    }
};

template <class Fsm, class States = typename Fsm::states>
struct all_needs;
template <class Fsm, class... States>
struct all_needs<Fsm, states<States...>> {
    using type = needs_list<typename needs_of<Fsm>::type, typename needs_of<States>::type...>;
};

template <class... Resources>
struct catalog_names {
    [[nodiscard]] static constexpr bool contains(std::string_view name) noexcept
    {
        return ((Resources::name.view() == name) || ...);
    }
};

/// A need must be in the catalog; the name stands in the error.
template <fixed_string Name, bool IsThere>
struct catalog_has {
    static_assert(IsThere, "steward::manager_for: a need is not a resource of the catalog");
    static constexpr bool value = IsThere;
};

template <class Needs, class Names>
inline constexpr bool are_in_catalog = false;
template <need... Needs, class Names>
inline constexpr bool are_in_catalog<needs<Needs...>, Names> =
    (catalog_has<Needs.name, Names::contains(Needs.name.view())>::value && ...);

template <std::size_t Index, class T>
struct indexed_type {
    using type = T;
};
template <class Indices, class... Ts>
struct indexed_types;
template <std::size_t... Is, class... Ts>
struct indexed_types<std::index_sequence<Is...>, Ts...> : indexed_type<Is, Ts>... {};
template <std::size_t Index, class T>
indexed_type<Index, T> type_at(const indexed_type<Index, T>&);

/// The resources of a catalog that are needed, in the catalog's order.
template <class Needs, class Defaults, class... Resources>
struct select_resources {
    static constexpr std::size_t count =
        (std::size_t{0} + ... + (Needs::contains(Resources::name.view()) ? 1 : 0));
    static constexpr auto kept = [] {
        std::array<std::size_t, count> indices{};
        [[maybe_unused]] std::size_t at = 0, from = 0;
        ((Needs::contains(Resources::name.view()) ? static_cast<void>(indices[at++] = from) : void(), ++from), ...);
        return indices;
    }();

    template <std::size_t I>
    using resource_at = typename decltype(type_at<I>(
        std::declval<indexed_types<std::index_sequence_for<Resources...>, Resources...>>()))::type;

    template <std::size_t... Is>
    static manager<Defaults, resource_at<kept[Is]>...> select(std::index_sequence<Is...>);

    using type = decltype(select(std::make_index_sequence<count>{}));
};

template <class Fsm, class Catalog, class States = typename Fsm::states>
struct tailor;
template <class Fsm, class... Policies, class... Resources, class... States>
struct tailor<Fsm, catalog<defaults<Policies...>, Resources...>, states<States...>> {
    using names = catalog_names<Resources...>;
    static constexpr bool checked = are_in_catalog<typename needs_of<Fsm>::type, names>
                                    && (are_in_catalog<typename needs_of<States>::type, names> && ...);
    using selected = select_resources<typename all_needs<Fsm>::type, defaults<Policies...>, Resources...>;
    using type = typename std::conditional_t<checked, selected, selected>::type;
};
template <class Fsm, class... Resources, class... States>
struct tailor<Fsm, catalog<Resources...>, states<States...>>
    : tailor<Fsm, catalog<defaults<>, Resources...>, states<States...>> {};

} // namespace detail

/// The manager that holds exactly what a machine and its states declare, in the catalog's order. A need that the
/// catalog lacks does not compile.
template <class Fsm, class Catalog>
using manager_for = typename detail::tailor<Fsm, Catalog>::type;

} // namespace steward
