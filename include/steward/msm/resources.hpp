// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/fsm/detail/state_keeper.hpp>
#include <steward/fsm/state.hpp>
#include <steward/held_view.hpp>
#include <steward/msm/detail/keepers.hpp>
#include <steward/owner.hpp>

namespace steward::inline v0::msm {

/// What `fsm.resources(state)` gives: the resources that the state needs, as long as the machine is in it.
/// `resources["db"_r]` is a required one, `resources.find("cache"_r)` null where an optional one could not be had.
template <class State, class Manager>
class resources : public held_view<owner<Manager>, typename steward::detail::needs_of<State>::type> {
    static_assert(detail::has_needs<State>, "steward::msm::resources: the state declares no needs");
    static_assert(sizeof(steward::detail::needed_places<Manager, typename steward::detail::needs_of<State>::type>)
                  != 0);

public:
    /// `holding::resources` makes it.
    explicit resources(owner<Manager>& holder) noexcept : resources::held_view{holder} {}
};

} // namespace steward::inline v0::msm
