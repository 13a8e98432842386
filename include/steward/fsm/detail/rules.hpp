// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/fsm/arc.hpp>
#include <steward/fsm/detail/graph.hpp>
#include <steward/fsm/detail/need_sets.hpp>
#include <steward/fsm/state.hpp>
#include <steward/held_view.hpp>
#include <steward/owner.hpp>

#include <array>
#include <cstddef>
#include <string_view>
#include <utility>

/// What must be true of a machine: each rule is a sentence, and its template's arguments name the state.
namespace steward::inline v0::detail {

template <class Arc, class Graph>
struct joins_states {
    static_assert(Graph::template has<typename Arc::from>,
                  "steward::arc: it starts at a state that the machine does not have");
    static_assert(Graph::template has<typename Arc::to>,
                  "steward::arc: it leads to a state that the machine does not have");
    static constexpr bool value = true;
};

template <class State, bool IsThere>
struct is_a_state {
    static_assert(IsThere, "steward::machine: its initial state, or a final one, is not among its states");
    static constexpr bool value = true;
};

template <class State, bool IsReached>
struct is_reached {
    static_assert(IsReached, "steward::machine: a state cannot be reached from the initial state");
    static constexpr bool value = true;
};

template <class State, bool HasAWayOut>
struct has_a_way_out {
    static_assert(HasAWayOut, "steward::machine: a state has no way out, and is not among the final states");
    static constexpr bool value = true;
};

template <class Arc, bool CanBeTaken>
struct can_be_taken {
    static_assert(CanBeTaken, "steward::machine: an arc stands behind one without a guard, so that it is never taken");
    static constexpr bool value = true;
};

/// Of these names, whether each stands there once.
template <std::size_t N>
[[nodiscard]] consteval bool all_differ(const std::array<std::string_view, N>& names)
{
    for (std::size_t i = 1; i < N; ++i)
        for (std::size_t j = 0; j != i; ++j)
            if (names[i] == names[j])
                return false;
    return true;
}

/// The rules of a machine, whatever runs it.
template <class Fsm, class States, class Arcs>
struct graph_rules;
template <class Fsm, class... States, class... Arcs>
struct graph_rules<Fsm, states<States...>, arcs<Arcs...>> {
    static_assert(all_differ(std::array{state_name<States>()...}),
                  "steward::machine: two of its states have the same name");
    using graph = detail::graph<states<States...>, arcs<Arcs...>>;
    static_assert((joins_states<Arcs, graph>::value && ...));
    static_assert(
        is_a_state<typename initial_of<Fsm>::type, graph::template has<typename initial_of<Fsm>::type>>::value);

    template <class... Finals>
    static consteval bool finals_are_states(states<Finals...>)
    {
        return (is_a_state<Finals, graph::template has<Finals>>::value && ...);
    }

    template <std::size_t... Is, std::size_t... Ks>
    static consteval bool check(std::index_sequence<Is...>, std::index_sequence<Ks...>)
    {
        constexpr auto reached = graph::reachable_from(graph::template place<typename initial_of<Fsm>::type>);
        constexpr std::size_t never = graph::never_taken();
        if constexpr (requires { typename Fsm::final_states; })
            static_assert(finals_are_states(typename Fsm::final_states{}));
        return (is_reached<States, reached[Is]>::value && ...)
               && (has_a_way_out < States, may_end_in<Fsm, Is> || graph::count_from(Is, false) != 0 > ::value && ...)
               && (can_be_taken < Arcs, Ks != never > ::value && ...);
    }
    static constexpr bool value = check(std::index_sequence_for<States...>{}, std::index_sequence_for<Arcs...>{});
};

/// The exclusive needs of a whole machine come before those of its states in the catalog: they are taken first.
template <class State, bool Precedes>
struct needs_of_the_machine_come_first {
    static_assert(Precedes,
                  "steward::machine: a need of the whole machine comes behind one of this state in the catalog; "
                  "exclusive resources are taken in the catalog's order");
    static constexpr bool value = true;
};
template <class Manager, class Around, class Needs>
struct comes_first;
template <class Manager, need... Around, class Needs>
struct comes_first<Manager, needs<Around...>, Needs> {
    using news = newly_needed<Manager, needs<Around...>, needs<>, Needs>;
    static constexpr bool value = ((!is_exclusive<Manager, Around> || Needs::contains(Around.name.view())
                                    || Manager::template index<Around.name> < news::first_but(Manager::size))
                                   && ...);
};

/// What a state's call operator gets for its needs: those of the machines around it, and its own.
template <class State, class Manager, class Around = needs<>>
using held_by = held_view<owner<Manager>, join_needs<Around, typename needs_of<State>::type>>;

/// The data of a machine that is a state: the outer machine's, or what its `map_data` makes of that.
template <class State, class Data>
struct data_of_nested {
    using type = Data;
};
template <class State, class Data>
    requires requires(Data& data) { State::map_data(data); }
struct data_of_nested<State, Data> {
    using type = decltype(State::map_data(std::declval<Data&>()));
};

/// The rules of a machine that is run with this manager and this data, while `Around` is held, its own needs among it.
template <class Fsm, class Manager, class Data, class Around, class States = typename Fsm::states,
          class Arcs = typename Fsm::arcs>
struct machine_rules;
template <class Fsm, class Manager, class Data, class Around, class... States, class... Arcs>
struct machine_rules<Fsm, Manager, Data, Around, states<States...>, arcs<Arcs...>> {
    static_assert(graph_rules<Fsm, states<States...>, arcs<Arcs...>>::value);
    static_assert((is_callable<States, Data, held_by<States, Manager, Around>>::value && ...));
    static_assert((needs_of_the_machine_come_first<
                       States, comes_first<Manager, Around, typename needs_of<States>::type>::value>::value
                   && ...));
    static_assert((needs_of_the_machine_come_first<
                       Arcs, comes_first<Manager, Around, typename options_of_arc<Arcs>::needs>::value>::value
                   && ...));
    static constexpr bool value = true;
};

template <class Pools>
inline constexpr bool any_knows_holders = false;
template <class Indices, class... Traits>
inline constexpr bool any_knows_holders<pool_set<Indices, Traits...>> =
    (knows_holders<typename Traits::ownership> || ...);
/// Whether anybody sees under which number an execution holds its resources.
template <class Manager>
inline constexpr bool knows_any_holder = any_knows_holders<typename Manager::pools_type>;

} // namespace steward::inline v0::detail
