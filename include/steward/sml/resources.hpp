// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/fsm/detail/state_keeper.hpp>
#include <steward/fsm/state.hpp>
#include <steward/held_view.hpp>
#include <steward/sml/detail/regions.hpp>

namespace steward::inline v0::sml {

/// What an action, or a guard, of a row of `State` receives if it has this as a parameter: the resources that the state
/// needs. `resources["db"_r]` is a required one, `resources.find("cache"_r)` null where an optional one could not be had.
///
/// Valid during the call. A view: by value or by reference, as you like.
template <class State, class Manager>
class resources
    : public held_view<detail::owner_in_state<State, Manager>, typename steward::detail::needs_of<State>::type> {
    static_assert(detail::has_needs<State>, "steward::sml::resources: the state declares no needs");
    static_assert(sizeof(steward::detail::needed_places<Manager, typename steward::detail::needs_of<State>::type>)
                  != 0);

public:
    /// `sm` makes it.
    explicit resources(detail::owner_in_state<State, Manager>& holder) noexcept : resources::held_view{holder} {}
};

} // namespace steward::inline v0::sml
