// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/fsm/arc.hpp>
#include <steward/fsm/state.hpp>
#include <steward/needs.hpp>

#include <string_view>

namespace steward::inline v0::detail {

/// The needs of a machine and of all its parts, one behind the other; a name may stand there several times.
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

/// Of a state.
template <class State>
struct all_needs {
    using type = decltype(list_of(typename needs_of<State>::type{}));
};

template <class Fsm, class States, class Arcs>
struct all_needs_of_machine;
template <class Fsm, class... States, class... Arcs>
struct all_needs_of_machine<Fsm, states<States...>, arcs<Arcs...>> {
    using type = decltype((list_of(typename needs_of<Fsm>::type{}) + ... + typename all_needs<States>::type{})
                          + (need_list<>{} + ... + list_of(typename options_of_arc<Arcs>::needs{})));
};

/// Of a machine, which may be a state.
template <is_machine Fsm>
struct all_needs<Fsm> : all_needs_of_machine<Fsm, typename Fsm::states, typename Fsm::arcs> {};

template <class Fsm>
using all_needs_of = typename all_needs<Fsm>::type;

} // namespace steward::inline v0::detail
