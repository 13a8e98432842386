// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/fsm/state.hpp>

#include <boost/sml.hpp>

#include <cstddef>
#include <type_traits>

/// What an SML machine is made of, by the types that SML itself has for it.
namespace steward::inline v0::sml {

template <class Machine, class Manager>
struct holding;

namespace detail {

namespace ext = boost::sml;

template <class... Ts>
using list = ext::aux::type_list<Ts...>;
template <class... Lists>
using join = ext::aux::join_t<Lists...>;

/// The rows of a machine's table.
template <class Machine>
using table_of = decltype(ext::aux::declval<const Machine&>()());

/// A machine that is a state of another one.
template <class State>
struct nested {
    static constexpr bool value = false;
    static constexpr bool holds = false;
};
template <class Machine, class... More>
struct nested<ext::back::sm<ext::back::sm_policy<Machine, More...>>> {
    static constexpr bool value = true;
    static constexpr bool holds = false;
    using type = Machine;
};
template <class Machine, class Manager, class... More>
struct nested<ext::back::sm<ext::back::sm_policy<holding<Machine, Manager>, More...>>> {
    static constexpr bool value = true;
    static constexpr bool holds = true;
    using type = Machine;
};
/// One whose states hold what they need.
template <class State>
concept is_nested = nested<State>::holds;

using steward::detail::has_needs;

/// The states of a machine that need something.
template <class State>
using one_with_needs = std::conditional_t<has_needs<State>, list<State>, list<>>;
template <class... States>
using those_with_needs = join<one_with_needs<States>...>;
template <class Table>
using states_in = ext::aux::apply_t<ext::aux::unique_t, ext::aux::apply_t<ext::back::get_states, Table>>;
template <class Machine>
using states_with_needs = ext::aux::apply_t<those_with_needs, states_in<table_of<Machine>>>;

/// The machines that are states of it.
template <class State>
struct one_nested {
    using type = list<>;
};
template <is_nested State>
struct one_nested<State> {
    using type = list<typename nested<State>::type>;
};
template <class... States>
using those_nested = join<typename one_nested<States>::type...>;
template <class Machine>
using machines_in = ext::aux::apply_t<those_nested, states_in<table_of<Machine>>>;

/// A machine, and all that are nested in it.
template <class Machine>
struct whole;
template <class Machine, class Nested>
struct whole_of;
template <class Machine, class... Nested>
struct whole_of<Machine, list<Nested...>> {
    using machines = ext::aux::apply_t<ext::aux::unique_t, join<list<Machine>, typename whole<Nested>::machines...>>;
    using states =
        ext::aux::apply_t<ext::aux::unique_t, join<states_with_needs<Machine>, typename whole<Nested>::states...>>;
};
template <class Machine>
struct whole : whole_of<Machine, machines_in<Machine>> {};

/// Whether nothing in a nested machine needs anything, so that it need not be one that holds.
template <class State>
inline constexpr bool needs_nothing = true;
template <class Machine>
inline constexpr bool needs_nothing_in = false;
template <class... States>
inline constexpr bool needs_nothing_in<list<States...>> =
    ((!has_needs<States> && !is_nested<States> && needs_nothing<States>) && ...);
template <class State>
    requires(nested<State>::value && !nested<State>::holds)
inline constexpr bool needs_nothing<State> = needs_nothing_in<states_in<table_of<typename nested<State>::type>>>;

template <class Table>
using initial_states_in =
    ext::aux::apply_t<ext::aux::unique_t, ext::aux::apply_t<ext::back::get_initial_states, Table>>;

/// How many regions a machine has: they run side by side, each from an initial state.
template <class Machine>
inline constexpr std::size_t region_count = ext::aux::size<initial_states_in<table_of<Machine>>>::value;

} // namespace detail
} // namespace steward::inline v0::sml
