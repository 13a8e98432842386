// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/fsm/detail/execution_number.hpp>
#include <steward/fsm/detail/walk.hpp>
#include <steward/fsm/outcome.hpp>
#include <steward/owner.hpp>
#include <steward/wait_limit.hpp>

#include <cstddef>
#include <cstdint>
#include <exception>
#include <optional>
#include <source_location>
#include <string_view>
#include <utility>
#include <vector>

namespace steward::inline v0 {

/// One execution of a machine that can be looked at between its states: `while (execution.step()) {}`.
///
/// The machine's own needs are held from the first step to the last, those of a state while it works. What goes wrong is
/// told by the outcome. Threads: used by one at a time.
template <class Fsm, class Manager, class Data, class Observer = no_observer>
class execution {
    using needs = typename detail::needs_of<Fsm>::type;
    using walk = detail::walk<Fsm, Manager, Data, needs, detail::recorder<Observer>, wait_limit>;
    using scope = detail::state_scope<owner<Manager>, needs, steward::needs<>>;

public:
    /// `limit` is for the whole execution, from now on, as is the machine's own `timeout`; its stop token must live as long.
    explicit execution(Manager& resources, Data data, const wait_limit& limit = {}, Observer observer = {},
                       std::source_location where = detail::call_site::current())
        : limit_{detail::within_timeout_of<Fsm>(limit.from_now())}, number_{detail::next_execution()}, where_{where},
          observer_{std::move(observer)}, owner_{resources, owner_id{detail::state_tag<Fsm>(), number_}},
          outcome_{false, {}, std::move(data), {}, {}}
    {
    }
    execution(const execution&) = delete;
    execution& operator=(const execution&) = delete;

    /// Works in the state that it has come to, and crosses to the next. Whether there is one; false when it has ended.
    bool step()
    {
        if (ended_)
            return false;
        try {
            if (!begun_) {
                scope::enter(owner_, limit_, where_);
                begun_ = true;
            }
            at_ = walk_.step(at_);
            if (at_ != walk::done)
                return true;
            outcome_.completed = true;
        } catch (...) {
            outcome_.failed_state = outcome_.path.empty() ? state() : recorder_.state();
            outcome_.error = std::current_exception();
        }
        ended_ = true;
        if (begun_)
            scope::leave(owner_);
        return false;
    }

    /// The state that is next; empty when it has ended well, the one that failed if it has not.
    [[nodiscard]] std::string_view state() const noexcept { return walk::name_of(at_); }
    /// The states that it entered, in order.
    [[nodiscard]] const std::vector<std::string_view>& history() const noexcept { return outcome_.path; }
    /// The number that its owner has, too.
    [[nodiscard]] std::uint64_t number() const noexcept { return number_; }

    /// What became of it; not complete, and without an error, as long as it has not ended.
    /// @{
    [[nodiscard]] const steward::outcome<Data>& outcome() const& noexcept { return outcome_; }
    [[nodiscard]] steward::outcome<Data>&& outcome() && noexcept { return std::move(outcome_); }
    /// @}

private:
    wait_limit limit_;
    std::uint64_t number_;
    std::source_location where_;
    Observer observer_;
    owner<Manager> owner_; // gives back what an execution holds that is given up half-way
    steward::outcome<Data> outcome_;
    detail::recorder<Observer> recorder_{outcome_.path, observer_};
    detail::run_of<Manager, wait_limit> run_{owner_, number_, limit_, where_};
    walk walk_{run_, outcome_.data, recorder_};
    std::size_t at_ = walk::initial;
    bool begun_ = false;
    bool ended_ = false;
};

} // namespace steward::inline v0
