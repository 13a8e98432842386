// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/resource.hpp>

#include <cstddef>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace steward::detail {

/// A name and where it stands. A pool_set derives from one for each resource, so that finding a name at a call site
/// is a conversion to a base class: what compilers do fastest.
template <fixed_string Name, std::size_t Index>
struct name_entry {};

template <fixed_string Name, std::size_t Index>
constexpr std::size_t index_in(const name_entry<Name, Index>*) noexcept
{
    return Index;
}

template <class Traits>
using pool_of = typename Traits::pooling::template pool<Traits>;

/// The settings that were given are those of this resource.
template <fixed_string Name, class Adapter, class Config>
inline constexpr bool is_config_of = false;
template <fixed_string Name, class Adapter, class Options>
inline constexpr bool is_config_of<Name, Adapter, configured<Name, Adapter, Options>> = true;

/// The pool of one resource in a manager.
template <std::size_t Index, class Traits>
struct pool_leaf : private traits_rules<Traits>, name_entry<Traits::name, Index> {
    using traits = Traits;
    using pool_type = pool_of<Traits>;
    using options = typename pool_type::options;

    [[no_unique_address]] pool_type pool;

    template <class... Configs>
    explicit pool_leaf(std::in_place_t, Configs&... configs)
        : pool{take_settings(configs...), take_options(configs...)}
    {
    }

    /// Says what is wrong with the settings and options that are meant for this resource.
    template <class... Configs>
    static void check(std::vector<configuration_problem>& problems, const Configs&... configs)
    {
        configuration_check check{Traits::name.view(), problems};
        if constexpr (checks_its_settings<typename Traits::adapter>) {
            if constexpr (is_given<Configs...>)
                Traits::adapter::check(find_config(configs...).settings, check);
            else
                Traits::adapter::check(typename Traits::adapter::settings{}, check);
        }
        pool_type::check(take_options(configs...), check);
    }

private:
    template <class Config>
    static constexpr bool is_mine = is_config_of<Traits::name, typename Traits::adapter, std::remove_const_t<Config>>;
    template <class... Configs>
    static constexpr bool is_given = (is_mine<Configs> || ...);

    template <class First, class... Rest>
    static auto& find_config(First& first, Rest&... rest) noexcept
    {
        if constexpr (is_mine<First>)
            return first;
        else
            return find_config(rest...);
    }

    template <class... Configs>
    static typename Traits::adapter::settings take_settings(Configs&... configs)
    {
        using settings = typename Traits::adapter::settings;
        if constexpr (is_given<Configs...>) {
            return std::move(find_config(configs...).settings);
        } else {
            static_assert(std::default_initializable<settings>,
                          "steward::manager: this resource has no default settings: pass its with(...)");
            return settings{};
        }
    }

    template <class... Configs>
    static options take_options(Configs&... configs)
    {
        if constexpr (is_given<Configs...>) {
            using given = std::remove_cvref_t<decltype(find_config(configs...).options)>;
            static_assert(std::is_same_v<given, no_options> || std::is_same_v<given, options>,
                          "steward::manager: the options that were given are those of another pooling policy");
            if constexpr (std::is_same_v<given, options>)
                return find_config(configs...).options;
            else
                return {};
        } else {
            return {};
        }
    }
};

template <class Indices, class... Traits>
struct pool_set;

/// The pools of a manager, in the order of its resources; destroyed in reverse.
template <std::size_t... Is, class... Traits>
struct pool_set<std::index_sequence<Is...>, Traits...> : pool_leaf<Is, Traits>... {
    template <class... Configs>
    explicit pool_set(std::in_place_t here, Configs&... configs) : pool_leaf<Is, Traits>{here, configs...}...
    {
    }
};

template <std::size_t Index, class Traits>
constexpr pool_leaf<Index, Traits>& leaf_at(pool_leaf<Index, Traits>& leaf) noexcept
{
    return leaf;
}

} // namespace steward::detail
