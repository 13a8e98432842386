// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/fsm/detail/state_keeper.hpp>
#include <steward/sml/detail/machine.hpp>
#include <steward/sml/detail/regions.hpp>
#include <steward/sml/resources.hpp>

#include <array>
#include <cstddef>
#include <cstdint>
#include <utility>

namespace steward::inline v0::sml::detail {

/// What a machine holds, and what its rows find that by. It is there before SML enters the initial states.
template <class Machine, class Manager, class Regions = std::make_index_sequence<region_count<Machine>>,
          class Machines = typename whole<Machine>::machines, class States = typename whole<Machine>::states>
class holder;
template <class Machine, class Manager, std::size_t... Is, class... Machines, class... States>
class holder<Machine, Manager, std::index_sequence<Is...>, list<Machines...>, list<States...>>
    : protected regions<Machines, Manager>...,
      protected owner_in_state<States, Manager>...,
      protected resources<States, Manager>... {
protected:
    holder(Manager& manager, std::uint64_t execution)
        : resources<States, Manager>{static_cast<owner_in_state<States, Manager>&>(*this)}...,
          all_{{(static_cast<void>(Is), state_keeper<Manager>{manager, execution})...}}
    {
        regions<Machine, Manager>::keepers = {&all_[Is]...};
        (lead_on<Machines>(initial_states_in<table_of<Machines>>{}), ...);
    }

    std::array<state_keeper<Manager>, sizeof...(Is)> all_;
    keepers<Manager> keepers_{all_};

private:
    // A nested machine may be an initial state; outer machines come first.
    template <class M, class... Initial>
    void lead_on(list<Initial...>)
    {
        [[maybe_unused]] std::size_t region = 0;
        (lead_on_from<Initial>(regions<M, Manager>::keepers[region++]), ...);
    }
    template <class State>
    void lead_on_from([[maybe_unused]] state_keeper<Manager>* keeper)
    {
        if constexpr (is_nested<State>)
            regions<typename nested<State>::type, Manager>::keepers[0] = keeper;
    }
};

} // namespace steward::inline v0::sml::detail
