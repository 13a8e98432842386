// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/fsm/state.hpp>
#include <steward/sml/detail/machine.hpp>
#include <steward/sml/detail/row.hpp>

#include <type_traits>

namespace steward::inline v0::sml {

namespace detail {

template <class Machine>
struct machine_rules {
    static_assert(std::is_empty_v<Machine>,
                  "steward::sml: the machine has data of its own; give it to the actions as a dependency");
    static_assert(!has_needs<Machine>, "steward::sml: a machine declares needs; its states have to");
    static constexpr bool value = true;
};
template <class State>
struct nested_rules {
    static_assert(needs_nothing<State>,
                  "steward::sml: a state of a nested machine needs something: write state<holding<nested, manager>>");
    static constexpr bool value = true;
};
template <is_nested State>
struct nested_rules<State> {
    static_assert(region_count<typename nested<State>::type> == 1,
                  "steward::sml: a nested machine that holds resources has several regions");
    static constexpr bool value = true;
};

template <class Manager, class Machine, class... States, class... Rows, class... Entered>
[[nodiscard]] auto table_with(list<States...>, list<Entered...>, ext::aux::pool<Rows...> table)
{
    static_assert((nested_rules<States>::value && ...));
    return ext::aux::pool<entry_row<Machine, Manager, Entered>..., row<Machine, Manager, Rows>...>{
        entry_row<Machine, Manager, Entered>{}..., row<Machine, Manager, Rows>{ext::aux::get<Rows>(table)}...};
}

} // namespace detail

/// A machine whose states hold what they need, as a state of another machine: `state<holding<inner, manager>>`.
template <class Machine, class Manager>
struct holding {
    static_assert(detail::machine_rules<Machine>::value);

    /// The machine's transition table, with rows that see to the resources: SML calls it.
    auto operator()() const
    {
        using table = detail::table_of<Machine>;
        return detail::table_with<Manager, Machine>(detail::states_in<table>{}, detail::states_with_needs<Machine>{},
                                                    Machine{}());
    }
};

} // namespace steward::inline v0::sml
