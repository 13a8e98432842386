// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/detail/type_name.hpp>
#include <steward/error.hpp>
#include <steward/manager_for.hpp>
#include <steward/needs.hpp>

#include <atomic>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

/// State machines whose states declare what they need.
///
/// A state is a type: `needs` (a `steward::needs<...>`, optional) and a call operator that takes the data and the
/// resources it asked for, `void operator()(data&, auto& resources) const`. A state without one does nothing.
/// A machine is a type with `states` (the first is initial) and `arcs`; a state without a way out is final.
namespace steward {

/// The states of a machine; the first is the initial one.
template <class... States>
struct states {
    static_assert(sizeof...(States) != 0, "steward::states: a machine needs at least one state");
    static constexpr std::size_t size = sizeof...(States);
};

/// The way from one state to another.
template <class From, class To>
struct arc {
    using from = From;
    using to = To;
};

/// The arcs of a machine; of those that leave a state the first is taken.
template <class... Arcs>
struct arcs {};

/// The name of a state: its `static constexpr name`, else its type's name without namespaces.
template <class State>
[[nodiscard]] constexpr std::string_view state_name() noexcept
{
    if constexpr (requires { std::string_view{State::name}; })
        return State::name;
    else
        return {detail::name_text<State>.data(), detail::name_text<State>.size() - 1};
}

/// What became of one run of a machine.
template <class Data>
struct outcome {
    bool completed = false;             ///< it reached a state without a way out
    std::vector<std::string_view> path; ///< the states that it entered, in order
    Data data;                          ///< as the last state left it
    std::string_view failed_state;      ///< the state that threw or could not get what it needs; empty if none
    std::exception_ptr error;           ///< what was thrown; null if nothing was

    /// The text of the error without secrets; empty if there is none.
    [[nodiscard]] std::string error_message() const { return describe(error); }
};

namespace detail {

template <class State>
[[nodiscard]] constexpr const char* state_tag() noexcept
{
    if constexpr (requires { std::string_view{State::name}; })
        return std::string_view{State::name}.data();
    else
        return name_text<State>.data();
}

/// A number for each execution, so that owners tell executions of one state apart.
[[nodiscard]] inline std::uint64_t next_execution() noexcept
{
    static constinit std::atomic<std::uint64_t> next{1};
    return next.fetch_add(1, std::memory_order_relaxed);
}

// Two call operators are ambiguous, so this finds out whether a state has one, of whatever kind.
struct a_call_operator {
    void operator()();
};
template <class State>
struct with_a_call_operator : State, a_call_operator {};
template <class State>
concept does_nothing = requires { &with_a_call_operator<State>::operator(); };

template <class State, class Data, class Held>
concept works_on = std::invocable<const State&, Data&, Held&> || std::invocable<const State&, Data&>;

template <class State, class Data, class Held>
struct is_callable {
    static_assert(does_nothing<State> || works_on<State, Data, Held>,
                  "steward::execute: the state cannot be called with this data, (data&, auto& resources) const");
    static constexpr bool value = true;
};

/// What a state's call operator gets for its needs.
template <class State, class Manager>
using held_by = held<owner<Manager>, typename needs_of<State>::type>;

template <class State, class Data, class Held>
void call_state(Data& data, Held& resources)
{
    if constexpr (std::invocable<const State&, Data&, Held&>)
        State{}(data, resources);
    else if constexpr (std::invocable<const State&, Data&>)
        State{}(data);
}

template <class State, class Arcs>
struct way_out {
    using type = void;
};
template <class State, class First, class... Rest>
struct way_out<State, arcs<First, Rest...>> : way_out<State, arcs<Rest...>> {};
template <class State, class To, class... Rest>
struct way_out<State, arcs<arc<State, To>, Rest...>> {
    using type = To;
};

template <class State, class States>
inline constexpr bool is_state_of = false;
template <class State, class... States>
inline constexpr bool is_state_of<State, states<States...>> = (std::same_as<State, States> || ...);

template <class Arc, class States>
struct joins_states {
    static_assert(is_state_of<typename Arc::from, States>,
                  "steward::arc: it starts at a state that the machine does not have");
    static_assert(is_state_of<typename Arc::to, States>,
                  "steward::arc: it leads to a state that the machine does not have");
    static constexpr bool value = true;
};

/// What must be true of a machine that is run with this manager and this data.
template <class Manager, class Data, class Needs, class States, class Arcs>
struct machine_rules;
template <class Manager, class Data, class Needs, class... States, class... Arcs>
struct machine_rules<Manager, Data, Needs, states<States...>, arcs<Arcs...>> {
    static_assert(Needs::size == 0,
                  "steward::run: the machine itself declares needs; declare them on its states, which "
                  "hold them while they work");
    static_assert((joins_states<Arcs, states<States...>>::value && ...));
    static_assert((is_callable<States, Data, held_by<States, Manager>>::value && ...));
};

template <class States>
struct first_state;
template <class First, class... Rest>
struct first_state<states<First, Rest...>> {
    using type = First;
};

} // namespace detail

/// Runs one state: takes all that it needs, calls it, gives all back. If it throws, everything is given back and the
/// exception goes on; if a required resource cannot be had, it is not called and `resource_error` is thrown.
template <class State, class Manager, class Data>
void execute(Manager& resources, Data& data)
{
    static_assert(detail::is_callable<State, Data, detail::held_by<State, Manager>>::value);
    owner<Manager> owner{resources, owner_id{detail::state_tag<State>(), detail::next_execution()}};
    auto held = owner.template acquire_all<typename detail::needs_of<State>::type>();
    detail::call_state<State>(data, held);
}

namespace detail {

// One state of a run, and the machine's next function: null at the end of the way.
template <class Fsm, class Manager, class Data>
struct runner {
    struct step {
        step (*next)(Manager&, outcome<Data>&);
    };

    template <class State>
    static step enter(Manager& resources, outcome<Data>& result)
    {
        result.path.push_back(state_name<State>());
        try {
            execute<State>(resources, result.data);
        } catch (...) {
            result.failed_state = state_name<State>();
            result.error = std::current_exception();
            return {nullptr};
        }
        using to = typename way_out<State, typename Fsm::arcs>::type;
        if constexpr (std::is_void_v<to>) {
            result.completed = true;
            return {nullptr};
        } else {
            return {&enter<to>};
        }
    }
};

} // namespace detail

/// Runs a machine from its initial state to a state without a way out. What a state throws ends the run and is told
/// by the outcome.
template <class Fsm, class Manager, class Data>
[[nodiscard]] outcome<Data> run(Manager& resources, Data data)
{
    static_cast<void>(detail::machine_rules<Manager, Data, typename detail::needs_of<Fsm>::type, typename Fsm::states,
                                            typename Fsm::arcs>{});
    using runner = detail::runner<Fsm, Manager, Data>;
    outcome<Data> result{false, {}, std::move(data), {}, {}};
    typename runner::step step{&runner::template enter<typename detail::first_state<typename Fsm::states>::type>};
    while (step.next != nullptr)
        step = step.next(resources, result);
    return result;
}

} // namespace steward
