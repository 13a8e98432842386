// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/detail/type_name.hpp>
#include <steward/needs.hpp>
#include <steward/time.hpp>
#include <steward/wait_limit.hpp>

#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string_view>
#include <type_traits>

namespace steward::inline v0 {

/// The states of a machine; the first is the initial one, unless the machine says `using initial = ...`.
template <class... States>
struct states {
    static_assert(sizeof...(States) != 0, "steward::states: a machine needs at least one state");
    static constexpr std::size_t size = sizeof...(States); ///< how many there are
};

/// The name of a state: its `static constexpr name`, else its type's name without namespaces.
template <class State>
[[nodiscard]] constexpr std::string_view state_name() noexcept
{
    if constexpr (requires { std::string_view{State::name}; })
        return State::name;
    else
        return {detail::name_text<State>.data(), detail::name_text<State>.size() - 1};
}

/// What a state may ask for as its third argument: which execution it is part of, and how long it has.
class state_context {
public:
    /// The machine makes it; `limit` has to live as long.
    state_context(std::uint64_t execution, int attempt, const wait_limit& limit) noexcept
        : execution_{execution}, attempt_{attempt}, limit_{limit}
    {
    }

    /// The number of the execution in the process; the owner of its resources has it, too.
    [[nodiscard]] std::uint64_t execution() const noexcept { return execution_; }
    /// 1, and one more with every retry.
    [[nodiscard]] int attempt() const noexcept { return attempt_; }
    /// By when the state should be done, `time_point::max()` if nobody minds: the run's limit, or the state's own `timeout`.
    [[nodiscard]] time_point deadline() const noexcept { return limit_.end(); }
    /// Whether the run's stop token was triggered: what takes long should end then.
    [[nodiscard]] bool stop_requested() const noexcept { return limit_.stop_requested(); }

private:
    std::uint64_t execution_;
    int attempt_;
    const wait_limit& limit_;
};

/// A state's `using retry = steward::retry<3, 100_ms>`: what it throws it is called again for, up to `Times` times, after
/// a pause that doubles. Its resources are given back before the pause, and taken again after it; the data is as the
/// failed attempt left it. With `Errors` only for those.
template <int Times, time_span Pause = time_span{}, class... Errors>
struct retry {
    static_assert(Times > 0, "steward::retry: expected at least one more attempt");
    /// How often it is called again.
    static constexpr int times = Times;
    /// The pause before the first of these times.
    static constexpr duration pause = std::chrono::duration_cast<duration>(std::chrono::nanoseconds{Pause});
};

namespace detail {

/// A state that is a machine itself.
template <class T>
concept is_machine = requires {
    typename T::states;
    typename T::arcs;
};

/// The needs of a state, a machine or an arc; none if it declares none.
template <class T>
struct needs_of {
    using type = needs<>;
};
template <class T>
    requires requires { typename T::needs; }
struct needs_of<T> {
    using type = typename T::needs;
};

template <class State>
concept has_needs = needs_of<State>::type::size != 0;

/// Names as one text of that size, which ends with a NUL: as a constant it lives as long as the program.
template <std::size_t Size>
[[nodiscard]] consteval std::array<char, Size + 1> joined(std::initializer_list<std::string_view> names,
                                                          std::string_view between = {})
{
    std::array<char, Size + 1> text{};
    char* at = text.data();
    for (const std::string_view name : names) {
        if (at != text.data())
            at = std::ranges::copy(between, at).out;
        at = std::ranges::copy(name, at).out;
    }
    return text;
}

/// A state's name, for owners.
template <class State>
inline constexpr auto state_text = joined<state_name<State>().size()>({state_name<State>()});
template <class State>
[[nodiscard]] constexpr const char* state_tag() noexcept
{
    return state_text<State>.data();
}

// Two call operators are ambiguous, so this finds out whether a state has one, of whatever kind.
struct a_call_operator {
    void operator()();
};
template <class State>
struct with_a_call_operator : State, a_call_operator {};
template <class State>
concept does_nothing = is_machine<State> || requires { &with_a_call_operator<State>::operator(); };

template <class State, class Data, class Held>
concept works_on = std::invocable<const State&, Data&, Held&, const state_context&>
                   || std::invocable<const State&, Data&, Held&> || std::invocable<const State&, Data&>;

template <class State, class Data, class Held>
struct is_callable {
    static_assert(does_nothing<State> || works_on<State, Data, Held>,
                  "steward::execute: the state cannot be called with this data, (data&, auto& resources) const");
    static constexpr bool value = true;
};

template <class State, class Data, class Held>
constexpr void call_state(Data& data, Held& resources, std::uint64_t execution, int attempt, const wait_limit& limit)
{
    if constexpr (std::invocable<const State&, Data&, Held&, const state_context&>)
        State{}(data, resources, state_context{execution, attempt, limit});
    else if constexpr (std::invocable<const State&, Data&, Held&>)
        State{}(data, resources);
    else if constexpr (std::invocable<const State&, Data&>)
        State{}(data);
}

/// The limit for what may have a `timeout` of its own, which begins now.
template <class Timed, class Limit>
[[nodiscard]] constexpr decltype(auto) within_timeout_of(const Limit& limit)
{
    if constexpr (requires { Timed::timeout; })
        return limit.until(std::min(limit.end(), later(clock::now(), saturated(Timed::timeout))));
    else
        return limit;
}

/// The name under which an arc holds what it needs.
template <class From, class To>
inline constexpr auto arc_text = joined<8 + state_name<From>().size() + state_name<To>().size()>(
    {"arc_", state_name<From>(), "_to_", state_name<To>()});

/// Calls what takes the data and the resources, or the data alone.
template <class F, class Data, class Held>
constexpr decltype(auto) call_with(const F& f, Data& data, Held& resources)
{
    if constexpr (std::invocable<const F&, Data&, Held&>)
        return f(data, resources);
    else
        return f(data);
}

} // namespace detail
} // namespace steward::inline v0
