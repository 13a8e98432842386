// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/detail/owner_access.hpp>
#include <steward/fixed_string.hpp>
#include <steward/fsm/detail/state_keeper.hpp>
#include <steward/owner.hpp>
#include <steward/sml/detail/machine.hpp>

#include <array>
#include <span>

namespace steward::inline v0::sml::detail {

template <class Manager>
using state_keeper = steward::detail::state_keeper<Manager>;

/// Who holds for the outermost machine, one for each of its regions.
template <class Manager>
struct keepers {
    std::span<state_keeper<Manager>> all;

    static void give_back(keepers& these) noexcept
    {
        for (state_keeper<Manager>& each : these.all)
            each.give_back();
    }
};

/// Who of them holds for which region of a machine. One that is nested is where a region of the outer one is.
template <class Machine, class Manager>
struct regions {
    std::array<state_keeper<Manager>*, region_count<Machine>> keepers{};
};

/// Whose resources the actions of a state's rows receive: the owner of the region that is in that state.
template <class State, class Manager>
class owner_in_state {
public:
    using manager_type = Manager;

    void is_now(owner<Manager>& holder) noexcept { holder_ = &holder; }

    template <fixed_string Name>
    [[nodiscard]] auto* get() const noexcept
    {
        return holder_->template get<Name>();
    }

private:
    friend steward::detail::owner_access;

    template <fixed_string Name>
    [[nodiscard]] auto& entry() const noexcept
    {
        return steward::detail::owner_access::entry<Name>(*holder_);
    }
    template <fixed_string Name>
    [[nodiscard]] auto& pool() const noexcept
    {
        return steward::detail::owner_access::pool<Name>(*holder_);
    }

    owner<Manager>* holder_ = nullptr;
};

} // namespace steward::inline v0::sml::detail
