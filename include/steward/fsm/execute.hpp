// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/fsm/detail/execution_number.hpp>
#include <steward/fsm/detail/rules.hpp>
#include <steward/fsm/state.hpp>
#include <steward/owner.hpp>
#include <steward/wait_limit.hpp>

#include <source_location>

namespace steward::inline v0 {

/// Runs one state: takes all that it needs, calls it, gives all back. If it throws, everything is given back and the
/// exception goes on; if a required resource cannot be had, it is not called and `resource_error` is thrown. Its other
/// functions (`on_enter`, `validate`, ...), its `timeout` and its `retry` are for machines.
template <class State, class Manager, class Data>
void execute(Manager& resources, Data& data, const wait_limit& limit = {},
             std::source_location where = detail::call_site::current())
{
    using needs = typename detail::needs_of<State>::type;
    using held = held<owner<Manager>, needs>;
    static_assert(detail::is_callable<State, Data, held>::value);
    const std::uint64_t number = detail::next_execution();
    owner<Manager> owner{resources, owner_id{detail::state_tag<State>(), number}};
    auto all = owner.template acquire_all<needs>(limit, where);
    detail::call_state<State>(data, all, number, 1, limit);
}

} // namespace steward::inline v0
