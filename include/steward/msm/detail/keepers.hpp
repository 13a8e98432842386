// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/fsm/detail/execution_number.hpp>
#include <steward/fsm/detail/state_keeper.hpp>
#include <steward/fsm/state.hpp>
#include <steward/owner.hpp>

#include <cstdint>
#include <list>
#include <stdexcept>
#include <string>

namespace steward::inline v0::msm::detail {

using steward::detail::has_needs;

/// Who holds for the regions of a machine and of those that are nested in it. MSM does not tell in which region a state is
/// entered, so that a keeper is known by the state that it is in; there are as many as regions were ever in such a state.
template <class Manager>
class keepers {
    struct place {
        place(Manager& resources, std::uint64_t execution) noexcept : keeper{resources, execution} {}
        steward::detail::state_keeper<Manager> keeper;
        const void* machine = nullptr; ///< whose state it is in; null: in none
    };

public:
    explicit keepers(Manager& resources) noexcept : resources_{resources} {}

    /// A machine is in a state, or is entering it.
    template <has_needs State>
    void be_in(const void* machine)
    {
        place* mine = find<State>();
        enter<State>(mine != nullptr ? *mine : unused(), machine);
    }

    /// It goes from a state to another one.
    template <class From, class To>
    void go(const void* machine)
    {
        place* mine = nullptr;
        if constexpr (has_needs<From>)
            mine = find<From>();
        if constexpr (has_needs<To>)
            enter<To>(mine != nullptr ? *mine : unused(), machine);
        else if (mine != nullptr)
            give_back(*mine);
    }

    /// Who holds what the state needs.
    template <class State>
    [[nodiscard]] owner<Manager>& holder()
    {
        place* mine = find<State>();
        if (mine == nullptr)
            throw std::logic_error{std::string{"steward::msm: the resources of "}
                                       .append(state_name<State>())
                                       .append(" are asked for where the machine is not in that state: in an action "
                                               "ask for those of its source")};
        return mine->keeper.holder();
    }

    /// A machine is left.
    void give_back(const void* machine) noexcept
    {
        for (place& each : places_)
            if (each.machine == machine)
                give_back(each);
    }
    static void give_back_all(keepers& all) noexcept
    {
        for (place& each : all.places_)
            all.give_back(each);
    }

private:
    template <class State>
    [[nodiscard]] place* find() noexcept
    {
        for (place& each : places_)
            if (each.keeper.template is_in<State>())
                return &each;
        return nullptr;
    }
    [[nodiscard]] place& unused()
    {
        for (place& each : places_)
            if (each.machine == nullptr)
                return each;
        return places_.emplace_back(resources_, execution_);
    }

    template <class State>
    static void enter(place& in, const void* machine)
    {
        in.machine = nullptr; // all is given back if it throws
        in.keeper.template enter<State>();
        in.machine = machine;
    }
    static void give_back(place& each) noexcept
    {
        each.keeper.give_back();
        each.machine = nullptr;
    }

    Manager& resources_;
    std::uint64_t execution_ = steward::detail::next_execution();
    std::list<place> places_{};
};

} // namespace steward::inline v0::msm::detail
