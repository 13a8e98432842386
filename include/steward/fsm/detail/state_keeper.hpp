// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/detail/acquisition.hpp>
#include <steward/fsm/detail/need_sets.hpp>
#include <steward/fsm/state.hpp>
#include <steward/held.hpp>
#include <steward/needs.hpp>
#include <steward/owner.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <source_location>
#include <utility>

namespace steward::inline v0::detail {

/// By the places of a manager's resources: which of them some needs name, and where one may have to wait for others.
template <class Manager, class Needs>
struct needed_places;
template <class Manager, need... Needs>
struct needed_places<Manager, needs<Needs...>> {
    static_assert((is_in_the_manager<Needs.name, Manager::template has<Needs.name>>::value && ...));

    using places = std::array<bool, Manager::size>;
    static constexpr places any = [] {
        places all{};
        ((all[Manager::template index<Needs.name>] = true), ...);
        return all;
    }();
    static constexpr places exclusive = [] {
        places all{};
        ((all[Manager::template index<Needs.name>] = is_exclusive<Manager, Needs>), ...);
        return all;
    }();
};

/// Holds what a state needs for a machine of another library, which says when it comes to which state.
template <class Manager>
class state_keeper {
    using all_places = std::make_index_sequence<Manager::size>;

public:
    state_keeper(Manager& resources, std::uint64_t execution) noexcept
        : owner_{resources, owner_id{"machine", execution}}
    {
    }

    /// Holds what `State` needs, and nothing else. What the state before needed, too, stays held as far as exclusive
    /// resources are still taken in the manager's order. All is given back if something required cannot be had.
    template <class State>
    void enter()
    {
        using needs = typename needs_of<State>::type;
        if constexpr (needs::size == 0)
            give_back();
        else if (!is_in<State>())
            change_to<State>(std::make_index_sequence<needs::size>{});
    }

    /// Whether it holds what `State` needs, which is something.
    template <class State>
    [[nodiscard]] bool is_in() const noexcept
    {
        return state_ == state_tag<State>();
    }

    void give_back() noexcept
    {
        if (state_ == nullptr)
            return;
        state_ = nullptr;
        owner_.release_all();
    }

    template <class State>
    void leave() noexcept
    {
        if (is_in<State>())
            give_back();
    }

    [[nodiscard]] owner<Manager>& holder() noexcept { return owner_; }

private:
    template <class State, std::size_t... Is>
    void change_to(std::index_sequence<Is...>)
    {
        using needs = typename needs_of<State>::type;
        using order = needs_in_order<Manager, needs>;
        struct undo {
            ~undo()
            {
                if (on.state_ == nullptr)
                    on.owner_.release_all();
            }
            state_keeper& on;
        };
        acquisition all;
        {
            const undo unless_complete{*this};
            state_ = nullptr;
            give_back_but(needed_places<Manager, needs>{}, all_places{});
            owner_access::rename(owner_, owner_id{state_tag<State>(), owner_.id().number});
            if ((hold<order::template at<Is>>(all, owner_, no_limit{}, std::source_location{}) && ...))
                state_ = state_tag<State>();
        }
        if (state_ == nullptr)
            all.fail();
    }

    // Last resource first: what is not needed, and what does not precede all that has to be taken.
    template <class Places, std::size_t... Is>
    void give_back_but(Places, std::index_sequence<Is...>) noexcept
    {
        std::size_t first = Manager::size;
        ((first = Places::exclusive[Is] && !owner_access::has_at<Is>(owner_) ? std::min(first, Is) : first), ...);
        (give_back_one<Manager::size - 1 - Is>(Places::any, Places::exclusive, first), ...);
    }
    template <std::size_t I, class Places>
    void give_back_one(const Places& any, const Places& exclusive, std::size_t first) noexcept
    {
        if (owner_access::has_at<I>(owner_) && (!any[I] || (exclusive[I] && I > first)))
            owner_access::let_go_at<I>(owner_);
    }

    owner<Manager> owner_;
    const char* state_ = nullptr; ///< the tag of the state for which it holds something
};

} // namespace steward::inline v0::detail
