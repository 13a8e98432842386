// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/detail/indexed_types.hpp>
#include <steward/fsm/arc.hpp>
#include <steward/fsm/state.hpp>

#include <array>
#include <cstddef>
#include <type_traits>
#include <utility>

namespace steward::inline v0::detail {

/// An arc as numbers: constant evaluation over these costs a compiler far less than a type for each question.
struct arc_row {
    std::size_t from;
    std::size_t to;
    int rank;
    bool for_errors;
    bool guarded;
};

template <class States, class Arcs>
struct graph;

/// The states and arcs of a machine, by their places.
template <class... States, class... Arcs>
struct graph<states<States...>, arcs<Arcs...>> {
    static constexpr std::size_t size = sizeof...(States);
    static constexpr std::size_t arc_count = sizeof...(Arcs);

    using state_entries = types_in_order<States...>;
    using arc_entries = types_in_order<Arcs...>;

    template <std::size_t I>
    using state_at = typename decltype(type_at<I>(static_cast<const state_entries*>(nullptr)))::type;
    template <std::size_t K>
    using arc_at = typename decltype(type_at<K>(static_cast<const arc_entries*>(nullptr)))::type;

    /// `size` if the machine does not have it.
    template <class State>
    static constexpr std::size_t place = [] {
        if constexpr (requires { place_of<State>(static_cast<const state_entries*>(nullptr)); })
            return place_of<State>(static_cast<const state_entries*>(nullptr));
        else
            return size;
    }();

    template <class State>
    static constexpr bool has = place<State> != size;

    static constexpr std::array<arc_row, arc_count> rows{
        arc_row{place<typename Arcs::from>, place<typename Arcs::to>, options_of_arc<Arcs>::rank,
                options_of_arc<Arcs>::is_for_errors, options_of_arc<Arcs>::is_guarded}...};

    /// Whether every arc leads to a state that stands behind the one that it leaves.
    static constexpr bool leads_forward = [] {
        for (const arc_row& row : rows)
            if (row.from >= row.to)
                return false;
        return true;
    }();

    /// How many arcs leave a state when it ends well, or for an error.
    [[nodiscard]] static consteval std::size_t count_from(std::size_t state, bool for_errors) noexcept
    {
        std::size_t n = 0;
        for (const arc_row& row : rows)
            n += row.from == state && row.for_errors == for_errors ? 1 : 0;
        return n;
    }

    /// Those arcs, in the order in which they are tried.
    template <std::size_t State, bool ForErrors>
    static constexpr auto arcs_from = [] {
        std::array<std::size_t, count_from(State, ForErrors)> found{};
        std::size_t n = 0;
        for (std::size_t k = 0; k != arc_count; ++k) {
            if (rows[k].from != State || rows[k].for_errors != ForErrors)
                continue;
            std::size_t at = n++;
            for (; at != 0 && rows[found[at - 1]].rank < rows[k].rank; --at)
                found[at] = found[at - 1];
            found[at] = k;
        }
        return found;
    }();

    /// The states that can be reached from one.
    [[nodiscard]] static consteval std::array<bool, size> reachable_from(std::size_t initial) noexcept
    {
        std::array<bool, size> reached{};
        reached[initial] = true;
        for (bool changed = true; changed;) {
            changed = false;
            for (const arc_row& row : rows)
                if (reached[row.from] && !reached[row.to])
                    changed = reached[row.to] = true;
        }
        return reached;
    }

    /// The first arc that stands behind one without a guard; `arc_count` if there is none.
    [[nodiscard]] static consteval std::size_t never_taken() noexcept
    {
        for (std::size_t k = 0; k != arc_count; ++k)
            for (std::size_t other = 0; other != arc_count; ++other) {
                const arc_row &a = rows[k], &b = rows[other];
                if (a.from == b.from && !a.for_errors && !b.for_errors && !b.guarded
                    && (b.rank > a.rank || (b.rank == a.rank && other < k)))
                    return k;
            }
        return arc_count;
    }
};

template <class Fsm>
using graph_of = graph<typename Fsm::states, typename Fsm::arcs>;

template <class Fsm>
struct initial_of {
    using type = typename graph_of<Fsm>::template state_at<0>;
};
template <class Fsm>
    requires requires { typename Fsm::initial; }
struct initial_of<Fsm> {
    using type = typename Fsm::initial;
};

/// Whether a run may end in a state: it is named as final, or it has no way out and none is named.
template <class Fsm, std::size_t State>
inline constexpr bool may_end_in = [] {
    using graph = graph_of<Fsm>;
    if constexpr (requires { typename Fsm::final_states; })
        return detail::graph<typename Fsm::final_states,
                             arcs<>>::template has<typename graph::template state_at<State>>;
    else
        return graph::count_from(State, false) == 0;
}();

} // namespace steward::inline v0::detail
