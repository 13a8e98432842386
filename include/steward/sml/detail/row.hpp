// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/fsm/detail/state_scope.hpp>
#include <steward/sml/detail/machine.hpp>
#include <steward/sml/detail/regions.hpp>
#include <steward/sml/resources.hpp>

#include <cstddef>
#include <type_traits>

namespace steward::inline v0::sml::detail {

/// What a row's guard and action ask for.
template <class Parameter>
struct asked_for {
    static constexpr bool resources = false;
};
template <class State, class Manager>
struct asked_for<sml::resources<State, Manager>> {
    static constexpr bool resources = true;
    using state = State;
    using manager = Manager;
};
template <class Parameter>
using asked = asked_for<std::remove_cvref_t<Parameter>>;

template <class Event>
inline constexpr bool is_an_error = false;
template <class Error, class Event>
inline constexpr bool is_an_error<ext::back::exception<Error, Event>> = true;

/// A parameter of a row's guard or action.
template <class Row, class Manager, class Parameter, bool IsResources = asked<Parameter>::resources>
struct may_ask {
    static constexpr bool value = true;
};
template <class Row, class Manager, class Parameter>
struct may_ask<Row, Manager, Parameter, true> {
    static_assert(std::is_same_v<typename asked<Parameter>::manager, Manager>,
                  "steward::sml: an action asks for the resources of another manager than the machine's");
    static_assert(std::is_same_v<typename asked<Parameter>::state, typename Row::src_state>,
                  "steward::sml: an action asks for the resources of a state that its row does not start from");
    static_assert(!is_an_error<typename Row::event>,
                  "steward::sml: a row for an exception asks for resources, but what threw has given all back");
    static constexpr bool value = true;
};
template <class Row, class Manager, class Parameters>
struct may_ask_all;
template <class Row, class Manager, class... Parameters>
struct may_ask_all<Row, Manager, list<Parameters...>> {
    static constexpr bool value = (may_ask<Row, Manager, Parameters>::value && ...);
};

/// What steward itself needs to have in a row of that state.
template <class State, class Manager>
struct places_of {
    using type = list<>;
};
template <has_needs State, class Manager>
struct places_of<State, Manager> {
    using type = list<owner_in_state<State, Manager>&>;
};
template <is_nested State, class Manager>
struct places_of<State, Manager> {
    using type = list<regions<typename nested<State>::type, Manager>&>;
};

/// Gives everything back on the way of an exception.
template <class Manager>
using unless_it_throws = steward::detail::unless_kept<keepers<Manager>, &keepers<Manager>::give_back>;

/// Who holds for the region that a row is called for: SML keeps the states of the regions side by side.
template <class Machine, class Manager, class Sm, class Deps, class State>
[[nodiscard]] state_keeper<Manager>& keeper_of(Sm& sm, Deps& all, State& current) noexcept
{
    const auto region = static_cast<std::size_t>(&current - &sm.current_state_[0]);
    return *ext::aux::get<regions<Machine, Manager>&>(all).keepers[region];
}

template <class State, class Manager, class Deps>
void be_in(state_keeper<Manager>& keeper, Deps& all)
{
    keeper.template enter<State>();
    ext::aux::get<owner_in_state<State, Manager>&>(all).is_now(keeper.holder());
}

/// What SML calls for a row, around what it would have called.
template <class Machine, class Manager, class Row>
class row : public Row {
    using from = typename Row::src_state;
    using to = typename Row::dst_state;

    static_assert(may_ask_all<Row, Manager, typename Row::deps>::value);

    static constexpr bool leads_on = !std::is_same_v<to, ext::front::internal>;

public:
    using deps = join<typename Row::deps, list<keepers<Manager>&, regions<Machine, Manager>&>,
                      typename places_of<from, Manager>::type, typename places_of<to, Manager>::type>;

    explicit row(const Row& r) : Row{r} {}

    template <class Event, class Sm, class Deps, class Subs, class State, class... More>
    bool execute(const Event& what, Sm& sm, Deps& all, Subs& subs, State& current, More... more)
    {
        unless_it_throws<Manager> undo{ext::aux::get<keepers<Manager>&>(all)};
        state_keeper<Manager>& keeper = keeper_of<Machine, Manager>(sm, all, current);
        if constexpr (is_an_error<typename Row::event>)
            keepers<Manager>::give_back(ext::aux::get<keepers<Manager>&>(all));
        else if constexpr (has_needs<from>)
            be_in<from>(keeper, all);
        if constexpr (leads_on && is_nested<to>)
            ext::aux::get<regions<typename nested<to>::type, Manager>&>(all).keepers[0] = &keeper;
        const bool done = Row::execute(what, sm, all, subs, current, more...);
        if constexpr (leads_on)
            if (done
                && current
                       == ext::aux::get_id<typename Sm::state_t, to>(static_cast<typename Sm::states_ids_t*>(nullptr)))
                come_to(keeper, all); // unless an exception row led on to another state
        undo.keep();
        return done;
    }

private:
    // A nested machine has entered its own state already, and holds what that needs.
    template <class Deps>
    static void come_to(state_keeper<Manager>& keeper, Deps& all)
    {
        if constexpr (has_needs<to>)
            be_in<to>(keeper, all);
        else if constexpr (!is_nested<to>)
            keeper.give_back();
        else if constexpr (has_needs<from>)
            keeper.template leave<from>();
    }
};

/// A row of steward's own, before all others of its state: what it needs is taken before they deal with the entry.
template <class Machine, class Manager, class State>
class entry_row {
public:
    using src_state = State;
    using dst_state = ext::front::internal;
    using event = ext::back::on_entry<ext::back::_>;
    using deps = list<keepers<Manager>&, regions<Machine, Manager>&, owner_in_state<State, Manager>&>;
    static constexpr bool initial = false;
    static constexpr bool history = false;

    template <class Event, class Sm, class Deps, class Subs, class Current, class... More>
    static bool execute(const Event&, Sm& sm, Deps& all, Subs&, Current& current, More...)
    {
        unless_it_throws<Manager> undo{ext::aux::get<keepers<Manager>&>(all)};
        be_in<State>(keeper_of<Machine, Manager>(sm, all, current), all);
        undo.keep();
        return false;
    }
};

} // namespace steward::inline v0::sml::detail
