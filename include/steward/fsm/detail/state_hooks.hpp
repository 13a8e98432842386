// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/fsm/outcome.hpp>
#include <steward/fsm/state.hpp>

/// What a state may have besides its call operator, each with `(data)` or `(data, resources)`.
namespace steward::inline v0::detail {

template <class State, class Data, class Held>
constexpr void on_enter([[maybe_unused]] Data& data, [[maybe_unused]] Held& resources)
{
    if constexpr (requires { State{}.on_enter(data, resources); })
        State{}.on_enter(data, resources);
    else if constexpr (requires { State{}.on_enter(data); })
        State{}.on_enter(data);
}

template <class State, class Data, class Held>
constexpr void on_exit([[maybe_unused]] Data& data, [[maybe_unused]] Held& resources)
{
    if constexpr (requires { State{}.on_exit(data, resources); })
        State{}.on_exit(data, resources);
    else if constexpr (requires { State{}.on_exit(data); })
        State{}.on_exit(data);
}

/// Whether the state accepts the data before it works on it.
template <class State, class Data, class Held>
constexpr void pre_validate([[maybe_unused]] Data& data, [[maybe_unused]] Held& resources)
{
    bool good = true;
    if constexpr (requires { State{}.pre_validate(data, resources); })
        good = State{}.pre_validate(data, resources);
    else if constexpr (requires { State{}.pre_validate(data); })
        good = State{}.pre_validate(data);
    if (!good)
        throw machine_error{machine_errc::rejected, state_name<State>(), "pre_validate rejected the data"};
}

/// Whether it is content with what it made of the data.
template <class State, class Data, class Held>
constexpr void validate([[maybe_unused]] Data& data, [[maybe_unused]] Held& resources)
{
    bool good = true;
    if constexpr (requires { State{}.validate(data, resources); })
        good = State{}.validate(data, resources);
    else if constexpr (requires { State{}.validate(data); })
        good = State{}.validate(data);
    if (!good)
        throw machine_error{machine_errc::rejected, state_name<State>(), "validate rejected the data"};
}

} // namespace steward::inline v0::detail
