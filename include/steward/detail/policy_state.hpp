// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <utility>

namespace steward::inline v0::detail {

/// The state of one of several policies that are combined into one; the index tells equal types apart.
template <std::size_t Index, class State>
struct state_leaf {
    [[no_unique_address]] State state{};
};

template <class Indices, class... States>
struct state_leaves;
template <std::size_t... Is, class... States>
struct state_leaves<std::index_sequence<Is...>, States...> : state_leaf<Is, States>... {};

/// The states of several policies, side by side.
template <class... States>
struct combined_state : state_leaves<std::index_sequence_for<States...>, States...> {};

template <std::size_t Index, class State>
[[nodiscard]] constexpr State& state_at(state_leaf<Index, State>& leaf) noexcept
{
    return leaf.state;
}
template <std::size_t Index, class State>
[[nodiscard]] constexpr const State& state_at(const state_leaf<Index, State>& leaf) noexcept
{
    return leaf.state;
}

} // namespace steward::inline v0::detail
