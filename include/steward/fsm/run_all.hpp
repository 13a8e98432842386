// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/fsm/detail/many_runs.hpp>
#include <steward/fsm/run_all_options.hpp>

#include <concepts>
#include <ranges>
#include <type_traits>
#include <utility>

namespace steward::inline v0 {

/// For a `run_all` that wants no outcome but the summary.
struct no_outcome {};

/// Runs a machine once for every input, several side by side. One that fails hurts no other: `on_outcome(outcome&&)`, called by
/// one thread at a time, is told what became of each.
///
/// Inputs are taken from the range as they are needed, by one thread at a time, and outcomes are kept only until
/// those before them are there, so that memory does not depend on how many there are. Returns when all have been run.
/// What the range, `on_outcome` or the progress callback throw ends it: no further input is taken, and it is thrown here, as
/// is std::system_error where there are not so many threads.
template <class Fsm, class Manager, std::ranges::input_range Inputs, class OnOutcome = no_outcome>
run_summary run_all(Manager& resources, Inputs&& inputs, const run_all_options& options = {}, OnOutcome on_outcome = {})
{
    using data = std::remove_cvref_t<std::ranges::range_reference_t<Inputs>>;
    static_assert(std::same_as<OnOutcome, no_outcome> || std::invocable<OnOutcome&, outcome<data>&&>,
                  "steward::run_all: expected a callback that takes an outcome of the inputs' type");
    detail::many_runs<Fsm, Manager, Inputs, data, OnOutcome> runs{resources, inputs, options, on_outcome};
    return runs.run();
}

} // namespace steward::inline v0
