// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/detail/inlining.hpp>
#include <steward/fsm/detail/caught.hpp>
#include <steward/fsm/detail/graph.hpp>
#include <steward/fsm/detail/need_sets.hpp>
#include <steward/fsm/detail/recorder.hpp>
#include <steward/fsm/detail/retrying.hpp>
#include <steward/fsm/detail/rules.hpp>
#include <steward/fsm/detail/state_hooks.hpp>
#include <steward/fsm/detail/state_scope.hpp>
#include <steward/fsm/outcome.hpp>
#include <steward/fsm/state.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <exception>
#include <source_location>
#include <string>
#include <string_view>
#include <utility>

namespace steward::inline v0::detail {

/// What all the states of one run share.
template <class Manager, class Limit>
struct run_of {
    owner<Manager>& holder;
    std::uint64_t number; ///< of the execution
    const Limit& limit;   ///< of the whole run, from its start
    std::source_location where;
};

/// The way of one machine through its states: enters, works, chooses an arc, leaves. `Around` is what is held all the time,
/// for this machine and those that it is nested in, and `Outer` are the states that it is nested in.
///
/// Each step is a function of its own. A run asks them one behind the other whether it is their turn, so that a compiler
/// sees through a machine without choices as if its states were called by hand.
template <class Fsm, class Manager, class Data, class Around, class Recorder, class Limit, class... Outer>
class walk {
    using graph = graph_of<Fsm>;
    using owner_type = owner<Manager>;
    using all_states = std::make_index_sequence<graph::size>;

    static_assert(machine_rules<Fsm, Manager, Data, Around>::value);

    template <std::size_t I>
    using state_at = typename graph::template state_at<I>;
    template <std::size_t I>
    using needs_at = typename needs_of<state_at<I>>::type;
    template <class Needs>
    using scope_of = state_scope<owner_type, Needs, Around>;
    template <std::size_t I, bool ForErrors>
    using arcs_at = std::make_index_sequence<graph::count_from(I, ForErrors)>;
    template <std::size_t K>
    using options_at = options_of_arc<typename graph::template arc_at<K>>;

public:
    static constexpr std::size_t initial = graph::template place<typename initial_of<Fsm>::type>;
    /// Where a walk stands that has ended well.
    static constexpr std::size_t done = graph::size;

    walk(const run_of<Manager, Limit>& run, Data& data, Recorder& record) noexcept
        : run_{run}, data_{data}, record_{record}
    {
    }

    /// From the initial state to a final one.
    STEWARD_INLINED void to_the_end() { from(all_states{}, initial); }

    /// Works in one state and crosses to the next, which it gives.
    [[nodiscard]] std::size_t step(std::size_t at) { return step_one(all_states{}, at); }

    /// Empty for `done`.
    [[nodiscard]] static constexpr std::string_view name_of(std::size_t at) noexcept { return names(all_states{})[at]; }

private:
    template <std::size_t... Is>
    STEWARD_INLINED void from(std::index_sequence<Is...>, std::size_t at)
    {
        do
            ((at == Is ? static_cast<void>(at = work<Is>()) : static_cast<void>(0)), ...);
        while (!graph::leads_forward && at != done);
    }
    template <std::size_t... Is>
    std::size_t step_one(std::index_sequence<Is...>, std::size_t at)
    {
        std::size_t next = done;
        static_cast<void>(((at == Is && (next = work<Is>(), true)) || ...));
        return next;
    }
    template <std::size_t... Is>
    static constexpr const auto& names(std::index_sequence<Is...>) noexcept
    {
        static constexpr std::array<std::string_view, graph::size + 1> all{path_name<Outer..., state_at<Is>>()..., ""};
        return all;
    }

    template <std::size_t I>
    STEWARD_INLINED std::size_t work()
    {
        constexpr std::string_view name = path_name<Outer..., state_at<I>>();
        record_.reaches(name);
        {
            before<scope_of<needs_at<I>>, owner_type> state{run_.holder};
            may_go_on<I>();
            record_.enters();
            state.keep();
        }
        std::size_t to = done;
        if constexpr (graph::count_from(I, true) == 0 && !Recorder::observes) {
            to = leave<I>(arcs_at<I, false>{}, be_in<I>());
        } else {
            try {
                to = leave<I>(arcs_at<I, false>{}, be_in<I>());
            } catch (...) {
                const bool goes_on = catch_error<I>(arcs_at<I, true>{}, to);
                record_.leaves(name, name_of(to), run_.number, std::current_exception());
                if (!goes_on)
                    throw;
                return to;
            }
        }
        record_.leaves(name, name_of(to), run_.number);
        return to;
    }

    template <std::size_t I>
    STEWARD_INLINED void may_go_on()
    {
        constexpr std::string_view name = state_name<state_at<I>>();
        if (run_.limit.stop_requested())
            throw machine_error{machine_errc::stopped, name, "not entered: the run was stopped"};
        if (run_.limit.limits_time() && clock::now() >= run_.limit.end())
            throw machine_error{machine_errc::timed_out, name, "not entered: the run's time is over"};
        if constexpr (requires { Fsm::max_transitions; })
            if (transitions_++ > std::size_t{Fsm::max_transitions})
                throw machine_error{machine_errc::too_many_transitions, name,
                                    "not entered: there were " + std::to_string(Fsm::max_transitions)
                                        + " transitions, which is max_transitions"};
    }

    // The place among the state's arcs of the one that it is left by; behind the last one if it is final.
    template <std::size_t I>
    STEWARD_INLINED std::size_t be_in()
    {
        return be_in_until<I>(within_timeout_of<state_at<I>>(run_.limit));
    }
    template <std::size_t I, class L>
    STEWARD_INLINED std::size_t be_in_until(const L& limit)
    {
        if constexpr (requires { typename state_at<I>::retry; })
            return retry_of<typename state_at<I>::retry>::call(
                limit, [&](int attempt) { return attempt_in<I>(limit, attempt); });
        else
            return attempt_in<I>(limit, 1);
    }

    template <std::size_t I, class L>
    STEWARD_INLINED std::size_t attempt_in(const L& limit, int attempt)
    {
        using state = state_at<I>;
        owner_access::rename(run_.holder, owner_id{state_tag<state>(), run_.number});
        scope_of<needs_at<I>>::enter(run_.holder, limit, run_.where);
        inside<scope_of<needs_at<I>>, owner_type> scope{run_.holder};
        held_by<state, Manager, Around> resources{run_.holder};
        pre_validate<state>(data_, resources);
        on_enter<state>(data_, resources);
        if constexpr (is_machine<state>)
            run_nested<state>(limit);
        else
            call_state<state>(data_, resources, run_.number, attempt, limit);
        validate<state>(data_, resources);
        const std::size_t arc = choose<I>(arcs_at<I, false>{}, resources);
        on_exit<state>(data_, resources);
        record_.holds(resources);
        scope.keep(); // `leave` gives back what is not needed in the next state
        return arc;
    }

    // A machine that is a state works on the same data, or on what its map_data makes of it.
    template <class State, class L>
    void run_nested(const L& limit)
    {
        using around = typename held_with<Around, typename needs_of<State>::type>::type;
        using inner_data = typename data_of_nested<State, Data>::type;
        using inner = walk<State, Manager, inner_data, around, Recorder, L, Outer..., State>;
        const run_of<Manager, L> run{run_.holder, run_.number, limit, run_.where};
        if constexpr (requires { State::map_data(data_); }) {
            inner_data data = State::map_data(data_);
            inner{run, data, record_}.to_the_end();
            if constexpr (requires { State::map_result(data_, std::move(data)); })
                State::map_result(data_, std::move(data));
        } else {
            inner{run, data_, record_}.to_the_end();
        }
        record_.reaches(path_name<Outer..., State>());
    }

    template <std::size_t I, std::size_t... Ks, class Held>
    STEWARD_INLINED std::size_t choose(std::index_sequence<Ks...>, [[maybe_unused]] Held& resources)
    {
        constexpr auto& arcs = graph::template arcs_from<I, false>;
        std::size_t chosen = sizeof...(Ks);
        static_cast<void>(((guard_is_true<options_at<arcs[Ks]>>(data_, resources) && (chosen = Ks, true)) || ...));
        if constexpr (!may_end_in<Fsm, I>)
            if (chosen == sizeof...(Ks))
                throw machine_error{machine_errc::no_way, state_name<state_at<I>>(),
                                    "no guard of the arcs that leave it is true for this data"};
        return chosen;
    }

    template <std::size_t I, std::size_t... Ks>
    STEWARD_INLINED std::size_t leave(std::index_sequence<Ks...>, std::size_t arc)
    {
        constexpr auto& arcs = graph::template arcs_from<I, false>;
        std::size_t to = done;
        if constexpr (may_end_in<Fsm, I>)
            if (arc == sizeof...(Ks))
                scope_of<needs_at<I>>::leave(run_.holder);
        ((arc == Ks ? static_cast<void>(to = cross<I, arcs[Ks]>()) : static_cast<void>(0)), ...);
        return to;
    }

    // From a state to the next one. What both need stays held, as far as the order allows; so it does while the arc's own
    // needs are held for its transform.
    template <std::size_t I, std::size_t K>
    STEWARD_INLINED std::size_t cross()
    {
        constexpr std::size_t to = graph::rows[K].to;
        using options = options_at<K>;
        using from_needs = needs_at<I>;
        using to_needs = needs_at<to>;
        if constexpr (!options::transforms) {
            scope_of<from_needs>::template leave<kept_across<Manager, Around, from_needs, to_needs>::value>(
                run_.holder);
        } else {
            using useful = join_needs<typename common_needs<from_needs, to_needs>::type, typename options::needs>;
            static constexpr auto& kept = kept_across<Manager, Around, from_needs, useful>::value;
            using on_the_way = join_needs<typename filtered_needs<from_needs, kept>::type, typename options::needs>;
            scope_of<from_needs>::template leave<kept>(run_.holder);
            transform_with<K, on_the_way>([&](auto& resources) { call_with(options::transform, data_, resources); });
            scope_of<on_the_way>::template leave<kept_across<Manager, Around, on_the_way, to_needs>::value>(
                run_.holder);
        }
        return to;
    }

    // Calls `f(resources)` while the needs are held, and leaves them held.
    template <std::size_t K, class Needs, class F>
    void transform_with(F f)
    {
        using arc = typename graph::template arc_at<K>;
        owner_access::rename(run_.holder, owner_id{arc_text<typename arc::from, typename arc::to>.data(), run_.number});
        scope_of<Needs>::enter(run_.holder, run_.limit, run_.where);
        inside<scope_of<Needs>, owner_type> scope{run_.holder};
        held_view<owner_type, join_needs<Around, Needs>> resources{run_.holder};
        f(resources);
        scope.keep();
    }

    // In the handler of what a state threw, which has given its resources back: the first arc for that error.
    template <std::size_t I, std::size_t... Ks>
    bool catch_error(std::index_sequence<Ks...>, std::size_t& to)
    {
        constexpr auto& arcs = graph::template arcs_from<I, true>;
        return (catch_by<arcs[Ks]>(to) || ...);
    }
    template <std::size_t K>
    bool catch_by(std::size_t& to)
    {
        using options = options_at<K>;
        return caught<typename options::errors>::call([&](const auto& error) {
            held_view<owner_type, Around> around{run_.holder};
            if (!guard_is_true<options>(data_, around))
                return false;
            if constexpr (options::transforms) {
                transform_with<K, typename options::needs>(
                    [&](auto& resources) { transform_error<options>(data_, resources, error); });
                scope_of<typename options::needs>::leave(run_.holder);
            }
            to = graph::rows[K].to;
            return true;
        });
    }

    run_of<Manager, Limit> run_;
    Data& data_;
    Recorder& record_;
    std::size_t transitions_ = 0;
};

} // namespace steward::inline v0::detail
