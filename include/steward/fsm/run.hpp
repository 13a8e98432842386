// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/detail/inlining.hpp>
#include <steward/fsm/detail/execution_number.hpp>
#include <steward/fsm/detail/walk.hpp>
#include <steward/fsm/execution.hpp>
#include <steward/fsm/outcome.hpp>
#include <steward/owner.hpp>
#include <steward/wait_limit.hpp>

#include <cstdint>
#include <source_location>
#include <type_traits>
#include <utility>

namespace steward::inline v0 {

/// What a run may be told: `run<machine>(manager, data, {.limit = 5s})`, or `run_options{.observer = f}`.
template <class Observer = no_observer>
struct run_options {
    wait_limit limit{};                        ///< for the whole run: a time, a stop token, or both
    [[no_unique_address]] Observer observer{}; ///< called with a `transition` for every state that is left
};

/// Runs a machine from its initial state to a final one. What its states throw, or cannot get, ends the run unless an
/// `on_error` arc leads on, and is told by the outcome.
template <class Fsm, class Manager, class Data, class Observer = no_observer>
[[nodiscard]] outcome<Data> run(Manager& resources, Data data, const run_options<Observer>& options = {},
                                std::source_location where = detail::call_site::current())
{
    execution<Fsm, Manager, Data, Observer> execution{resources, std::move(data), options.limit, options.observer,
                                                      where};
    while (execution.step()) {}
    return std::move(execution).outcome();
}

/// For a run without a history.
struct no_history_t {
    explicit no_history_t() = default;
};
/// Chooses the `run` that gives the data alone.
inline constexpr no_history_t no_history{};

namespace detail {

template <class Fsm, class Manager, class Data, class Limit>
STEWARD_INLINED inline void run_without_history(Manager& resources, Data& data, const Limit& limit,
                                                std::source_location where)
{
    using needs = typename needs_of<Fsm>::type;
    using walk = walk<Fsm, Manager, Data, needs, no_recorder, Limit>;
    const std::uint64_t number = knows_any_holder<Manager> ? next_execution() : owner_id::no_number;
    owner<Manager> owner{resources, owner_id{state_tag<Fsm>(), number}};
    using scope = state_scope<steward::owner<Manager>, needs, steward::needs<>>;
    scope::enter(owner, limit, where);
    const inside<scope, steward::owner<Manager>> held{owner};
    no_recorder nobody;
    walk{run_of<Manager, Limit>{owner, number, limit, where}, data, nobody}.to_the_end();
}

} // namespace detail

/// The same without a path and without an outcome: gives the data, and what nobody catches goes on to the caller. It costs
/// no more than calling the states by hand.
/// @{
template <class Fsm, class Manager, class Data>
STEWARD_INLINED inline Data run(Manager& resources, Data data, no_history_t,
                                std::source_location where = detail::call_site::current())
{
    detail::run_without_history<Fsm>(resources, data, detail::within_timeout_of<Fsm>(detail::no_limit{}), where);
    return data;
}
template <class Fsm, class Manager, class Data>
Data run(Manager& resources, Data data, no_history_t, const wait_limit& limit,
         std::source_location where = detail::call_site::current())
{
    detail::run_without_history<Fsm>(resources, data, detail::within_timeout_of<Fsm>(limit.from_now()), where);
    return data;
}
/// @}

} // namespace steward::inline v0
