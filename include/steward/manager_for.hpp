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

/// The needs of a machine and of all its states, one behind the other.
template <need... Needs>
struct need_list {
    [[nodiscard]] static constexpr bool contains([[maybe_unused]] std::string_view name) noexcept
    {
        return ((Needs.name.view() == name) || ...);
    }
};
template <need... Left, need... Right>
need_list<Left..., Right...> operator+(need_list<Left...>, need_list<Right...>);
template <need... Needs>
need_list<Needs...> list_of(const needs<Needs...>&);

template <class Fsm, class States>
struct all_needs;
template <class Fsm, class... States>
struct all_needs<Fsm, states<States...>> {
    using type = decltype((list_of(typename needs_of<Fsm>::type{}) + ... + list_of(typename needs_of<States>::type{})));
};
template <class Fsm>
using all_needs_of = typename all_needs<Fsm, typename Fsm::states>::type;

/// A need must be in the catalog; the name stands in the error.
template <fixed_string Name, bool IsThere>
struct is_in_the_catalog {
    static_assert(IsThere, "steward::manager_for: a need is not a resource of the catalog");
    static constexpr bool value = true;
};

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
    static constexpr std::size_t count = (std::size_t{0} + ... + (Needs::contains(Resources::name.view()) ? 1 : 0));
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

/// The manager that holds exactly what a machine and its states declare, in the catalog's order. A need that the
/// catalog lacks does not compile.
template <class Fsm, class Catalog>
using manager_for = typename detail::tailor<Catalog, detail::all_needs_of<Fsm>>::type;

} // namespace steward
