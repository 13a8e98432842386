// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <utility>

namespace steward::inline v0::detail {

template <std::size_t Index, class T>
struct indexed_type {
    using type = T;
};
template <class Indices, class... Ts>
struct indexed_types;
/// Types by their places, each a base: finding one costs the same however many there are.
template <std::size_t... Is, class... Ts>
struct indexed_types<std::index_sequence<Is...>, Ts...> : indexed_type<Is, Ts>... {};
template <class... Ts>
using types_in_order = indexed_types<std::index_sequence_for<Ts...>, Ts...>;

template <std::size_t Index, class T>
indexed_type<Index, T> type_at(const indexed_type<Index, T>*);

/// The place of a type; not there if it has none, or several.
template <class T, std::size_t Index>
constexpr std::size_t place_of(const indexed_type<Index, T>*) noexcept
{
    return Index;
}

} // namespace steward::inline v0::detail
