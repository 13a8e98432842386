// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/fsm/arc.hpp>
#include <steward/fsm/execute.hpp>
#include <steward/fsm/execution.hpp>
#include <steward/fsm/outcome.hpp>
#include <steward/fsm/run.hpp>
#include <steward/fsm/run_all.hpp>
#include <steward/fsm/simple_machine.hpp>
#include <steward/fsm/state.hpp>
#include <steward/manager_for.hpp>
#include <steward/needs.hpp>

/// @file
/// State machines whose states declare what they need.
///
/// A state is a type: `needs` (a `steward::needs<...>`, optional) and a call operator that takes the data and the
/// resources it asked for, `void operator()(data&, auto& resources) const`. A state without one does nothing. It may have
/// - `on_enter`, `on_exit`, and `pre_validate`, `validate`, which say whether they accept the data;
/// - `static constexpr auto timeout = 5s`, for its waiting and its retries together, and `using retry = steward::retry<3, 100_ms>`;
/// - `static constexpr std::string_view name`; without it its type's name is its name.
///
/// A machine is a type with `states` (the first is initial) and `arcs`. It may have `needs`, which are held for the whole
/// run, `initial`, `final_states` (without them a state without a way out is final), `max_transitions`, and a `timeout` for
/// each run of it. A machine can be a state of another one; `map_data(outer&)` and `map_result(outer&, inner&&)` give it
/// data of its own.
///
/// Resources are given back on every way out of a state. What a state and the next one both need stays held, as long as
/// exclusive resources are always taken in the order of the catalog, so that machines cannot deadlock.
