// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/detail/given_configs.hpp>
#include <steward/detail/name_set.hpp>
#include <steward/detail/pool_set.hpp>
#include <steward/resource.hpp>

#include <concepts>
#include <cstddef>
#include <type_traits>
#include <utility>

/// What the arguments of a manager, of its constructor and of a catalog must be: one sentence each, in a struct whose
/// arguments name what is wrong. Such a struct stands at most two steps from the user's own line, so that a compiler
/// shows the sentence and the name before anything else.
namespace steward::inline v0::detail {

template <class R>
concept declares_a_resource = requires { typename R::template decided<>::traits; };

template <class Argument>
struct is_a_resource {
    static_assert(declares_a_resource<Argument>,
                  "steward::manager: an argument is not a steward::resource (defaults<...> may only come first)");
    static constexpr bool value = true;
};

template <class... Arguments>
struct argument_list {
    static constexpr std::size_t resources = sizeof...(Arguments);
};
template <class... Policies, class... Arguments>
struct argument_list<defaults<Policies...>, Arguments...> {
    static constexpr std::size_t resources = sizeof...(Arguments);
};

/// The first rule of a list of resources. `Sizes` are the `sizeof` of its arguments: who names this template makes the
/// compiler look at each of them for itself, and complain about it, before anything is made of it.
template <class List, std::size_t... Sizes>
struct are_resources;
template <class... Arguments, std::size_t... Sizes>
struct are_resources<argument_list<Arguments...>, Sizes...> {
    static_assert((is_a_resource<Arguments>::value && ...));
};
template <class... Policies, class... Arguments, std::size_t... Sizes>
struct are_resources<argument_list<defaults<Policies...>, Arguments...>, Sizes...> {
    static_assert((is_a_resource<Arguments>::value && ...));
};

template <fixed_string Name, class Names>
struct name_stands_once {
    static_assert(holds_for<Name, has_name<Name, Names>>, "steward::manager: two resources have the same name");
    static constexpr bool value = true;
};

/// What resources must be together: of a manager, or of a catalog.
template <class... Resources>
struct resource_list_rules {
    using names = names_in_order<Resources::name...>;
    static_assert((name_stands_once<Resources::name, names>::value && ...));
    static_assert((traits_rules<typename Resources::template decided<>::traits>::value && ...));
};
template <class... Policies, class... Resources>
struct resource_list_rules<defaults<Policies...>, Resources...> {
    using names = names_in_order<Resources::name...>;
    static_assert((name_stands_once<Resources::name, names>::value && ...));
    static_assert((traits_rules<typename Resources::template decided<defaults<Policies...>>::traits>::value && ...));
};

/// What one argument of a manager's constructor must be.
template <class Config, class Pools, class Names>
struct config_rules;
template <fixed_string Name, class Adapter, class Options, class Pools, class Names>
struct config_rules<configured<Name, Adapter, Options>, Pools, Names> {
    static constexpr bool is_there = requires(Pools& pools) { leaf_of<Name, Adapter>(pools); };
    static constexpr bool fits = [] {
        if constexpr (is_there && !std::same_as<Options, no_options>)
            return std::same_as<Options, typename std::remove_reference_t<decltype(leaf_of<Name, Adapter>(
                                             std::declval<Pools&>()))>::options>;
        return true;
    }();

    static_assert(holds_for<Name, is_there>,
                  "steward::manager: settings were given for a resource that this manager does not have");
    static_assert(holds_for<Name, fits>,
                  "steward::manager: the options that were given are those of another pooling policy");
    static_assert(holds_for<Name, has_name<Name, Names>>,
                  "steward::manager: settings were given twice for the same resource");
    static constexpr bool value = true;
};

/// What must be true of a resource for which nothing was given.
template <fixed_string Name, bool HasDefaults>
struct unconfigured_rules {
    static_assert(holds_for<Name, HasDefaults>,
                  "steward::manager: this resource has no default settings: pass its with(...)");
    static constexpr bool value = true;
};

/// What the arguments of a manager's constructor must be, for all of its resources.
template <class Pools, class... Configs>
struct configs_rules;
template <std::size_t... Is, class... Traits, class... Configs>
struct configs_rules<pool_set<std::index_sequence<Is...>, Traits...>, Configs...> {
    using pools = pool_set<std::index_sequence<Is...>, Traits...>;
    using given = configs_in_order<Configs...>;

    static_assert((config_rules<Configs, pools, names_in_order<Configs::name...>>::value && ...));
    static_assert((unconfigured_rules < Traits::name,
                   is_given<Traits::name, typename Traits::adapter, given>
                       || has_default_settings < typename Traits::adapter >> ::value && ...));
};

/// The same for settings that were picked out of others.
template <class Pools, class List>
struct listed_rules;
template <class Pools, class... Configs>
struct listed_rules<Pools, config_list<Configs...>> : configs_rules<Pools, Configs...> {};

} // namespace steward::inline v0::detail
