// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/fixed_string.hpp>

#include <cstddef>
#include <utility>

namespace steward::inline v0::detail {

/// A name and where it stands. A name_set derives from one for each resource, so that finding a name at a call site
/// is a conversion to a base class: what compilers do fastest.
template <fixed_string Name, std::size_t Index>
struct name_entry {};

template <class Indices, fixed_string... Names>
struct name_set;

/// The names of a manager's resources, in its order.
template <std::size_t... Is, fixed_string... Names>
struct name_set<std::index_sequence<Is...>, Names...> : name_entry<Names, Is>... {};

template <fixed_string... Names>
using names_in_order = name_set<std::make_index_sequence<sizeof...(Names)>, Names...>;

template <fixed_string Name, std::size_t Index>
constexpr std::size_t index_in(const name_entry<Name, Index>*) noexcept
{
    return Index;
}

/// The name is there, and there once.
template <fixed_string Name, class Names>
inline constexpr bool has_name = requires { index_in<Name>(static_cast<const Names*>(nullptr)); };

} // namespace steward::inline v0::detail
