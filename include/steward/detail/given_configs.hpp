// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/housekeeping.hpp>
#include <steward/resource.hpp>

#include <concepts>
#include <cstddef>
#include <type_traits>
#include <utility>

namespace steward::inline v0::detail {

template <class T>
inline constexpr bool is_configured = false;
template <fixed_string Name, class Adapter, class Options>
inline constexpr bool is_configured<configured<Name, Adapter, Options>> = true;

/// One of the arguments of a manager's constructor, while it runs.
template <std::size_t Index, class Config>
struct given_config {
    Config& config;
};

template <class Indices, class... Configs>
struct given_configs;

/// What a manager's constructor was given: one object in which each resource finds its own by a conversion to a base
/// class. A list that each resource searched would cost the square of their number to compile.
template <std::size_t... Is, class... Configs>
struct given_configs<std::index_sequence<Is...>, Configs...> : given_config<Is, Configs>... {
    explicit given_configs(Configs&... configs) noexcept : given_config<Is, Configs>{configs}... {}
};

template <class... Configs>
using configs_in_order = given_configs<std::index_sequence_for<Configs...>, Configs...>;

template <fixed_string Name, class Adapter, class Options, std::size_t Index>
constexpr configured<Name, Adapter, Options>&
given_for(given_config<Index, configured<Name, Adapter, Options>>& given) noexcept
{
    return given.config;
}

/// Settings of a resource, or the word that nobody but the user says what time it is.
template <class T>
concept constructs_manager = is_configured<T> || std::same_as<T, manual_housekeeping_t>;

/// The settings among the arguments of a manager's constructor, for its rules.
template <class... Configs>
struct config_list {};
template <class... Left, class... Right>
config_list<Left..., Right...> operator+(config_list<Left...>, config_list<Right...>);
template <class... Args>
using configs_among =
    decltype((config_list<>{} + ... + std::conditional_t<is_configured<Args>, config_list<Args>, config_list<>>{}));

/// There are settings for the resource of that name.
template <fixed_string Name, class Adapter, class Given>
inline constexpr bool is_given = requires(Given& given) { given_for<Name, Adapter>(given); };

} // namespace steward::inline v0::detail
