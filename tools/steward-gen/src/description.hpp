// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/settings/detail/node.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

/// What a machine's YAML file says, with the places where it says it.
namespace steward::gen {

using steward::detail::file_place;
using steward::detail::settings_node;

/// A name, or any other text, and where it stands.
struct named {
    std::string text{};
    file_place where{};

    [[nodiscard]] bool empty() const noexcept { return text.empty(); }
};

/// A function that the machine calls.
struct function {
    /// A scalar that it is called with.
    struct param {
        named name;
        settings_node value;
    };

    named name{};   ///< a function or function object of the user's, with its namespaces
    named code{};   ///< or an expression, or a lambda; where it begins
    named module{}; ///< the header that it is in; may be empty
    std::vector<param> params{};
};

/// `{role: resource}`; where only a resource is named its role is empty.
struct role {
    named name{};
    named resource{};
};

struct arc_description {
    named target{};
    named network{}; ///< the network that is run on the way; empty if none
    named return_state{};
    std::optional<function> condition{};
    std::vector<function> transforms{};
    std::vector<role> resources{};
    std::int64_t priority = 0;
    std::vector<std::string> notes{};
    file_place where{};

    /// Where it leads to in its own network, at last; empty if the run ends behind the network that it runs.
    [[nodiscard]] const named& next() const noexcept
    {
        return network.empty() || return_state.empty() ? target : return_state;
    }
};

struct state_description {
    named name{};
    bool is_start = false;
    bool is_end = false;
    std::vector<function> pre_validators{};
    std::vector<function> validators{};
    std::vector<function> transforms{};
    std::vector<arc_description> arcs{};
    std::vector<named> resources{};
    std::vector<std::string> notes{};
};

struct network_description {
    named name{};
    std::vector<state_description> states{};
    bool is_whole = true; ///< all of its states could be read
    std::optional<std::vector<named>>
        resources{}; ///< held for a whole run; all that its states may name, if it is there
    std::vector<std::string> notes{};
};

struct resource_description {
    named name{};
    named type{};
    settings_node config{settings_node::kind::map, {}}; ///< the settings of the adapter, and `pool`
    std::string adapter{};                              ///< as C++
    std::string header{};                               ///< that declares it; may be empty
    bool is_shared = false;  ///< or may be, by any number of holders: the file does not say how it is pooled
    std::string pool_size{}; ///< most at once
    bool is_checked_periodically = false;
};

struct machine_description {
    std::string file{}; ///< for messages
    named name{};
    std::string version{"1.0.0"};
    std::string description{};
    named main_network{};
    std::int64_t max_transitions = 1000;
    std::optional<std::int64_t> timeout_seconds{};
    std::vector<resource_description> resources{};
    std::vector<network_description> networks{}; ///< those that others run stand before them
    std::vector<std::string> notes{};
};

/// The one of that name among states, networks or resources; their end if there is none.
template <class Things>
[[nodiscard]] auto find_named(Things& things, std::string_view name)
{
    return std::ranges::find(things, name, [](const auto& thing) -> const std::string& { return thing.name.text; });
}

} // namespace steward::gen
