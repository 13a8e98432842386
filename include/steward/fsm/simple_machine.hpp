// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/fsm/execution.hpp>
#include <steward/fsm/run.hpp>
#include <steward/fsm/run_all.hpp>
#include <steward/manager_for.hpp>

#include <ranges>
#include <source_location>
#include <type_traits>
#include <utility>

namespace steward::inline v0 {

/// A machine together with the resources that it declares: `process(data)` runs it.
///
/// Threads: everything may be called by any thread at any time, unless a resource's locking is `none`.
template <class Fsm, class Catalog>
class simple_machine {
public:
    using manager_type = manager_for<Fsm, Catalog>; ///< with what the machine declares and nothing else

    /// What the manager is built from: settings and options by the resources' `with`.
    template <class... Given>
        requires(detail::constructs_manager<std::remove_cvref_t<Given>> && ...)
    explicit simple_machine(Given&&... given) : resources_{std::forward<Given>(given)...}
    {
    }

    /// The same from the settings of the whole catalog, of which it takes what the machine declares: `steward::settings`.
    template <class Settings>
        requires requires(const Settings& settings) { settings.template make<manager_type>(); }
    explicit simple_machine(const Settings& settings) : resources_(settings.template make<manager_type>())
    {
    }

    /// Runs the machine once.
    template <class Data, class Observer = no_observer>
    [[nodiscard]] outcome<Data> process(Data data, const run_options<Observer>& options = {},
                                        std::source_location where = detail::call_site::current())
    {
        return run<Fsm>(resources_, std::move(data), options, where);
    }

    /// Runs it once for every input, as `run_all` does.
    template <std::ranges::input_range Inputs, class OnOutcome = no_outcome>
    run_summary process_all(Inputs&& inputs, const run_all_options& options = {}, OnOutcome on_outcome = {})
    {
        return run_all<Fsm>(resources_, std::forward<Inputs>(inputs), options, std::move(on_outcome));
    }

    /// Begins an execution that is taken from state to state by hand: `while (execution.step()) {}`.
    template <class Data, class Observer = no_observer>
    [[nodiscard]] execution<Fsm, manager_type, Data, Observer> start(Data data, Observer observer = {})
    {
        return execution<Fsm, manager_type, Data, Observer>{resources_, std::move(data), {}, std::move(observer)};
    }

    /// The manager, for its status, metrics and health.
    [[nodiscard]] manager_type& resources() noexcept { return resources_; }

private:
    manager_type resources_;
};

} // namespace steward::inline v0
