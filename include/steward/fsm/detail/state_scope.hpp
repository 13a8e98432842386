// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/detail/acquisition.hpp>
#include <steward/detail/inlining.hpp>
#include <steward/detail/owner_access.hpp>
#include <steward/fsm/detail/need_sets.hpp>
#include <steward/needs.hpp>
#include <steward/wait_limit.hpp>

#include <array>
#include <cstddef>
#include <source_location>
#include <utility>

namespace steward::inline v0::detail {

/// Taking and giving back what a state, a machine or an arc needs, for an owner that nobody else uses, and which holds
/// `Around` all the time. What it holds beyond that it holds for this scope, or the state before has kept it for this one.
/// Only of what is optional, here or around, it is counted how many scopes hold it: it does not follow from the types.
template <class Owner, class Needs, class Around>
class state_scope {
    using order = needs_in_order<typename Owner::manager_type, Needs>;
    using in_order = std::make_index_sequence<order::size>;
    using kept = std::array<bool, order::size>;

    // Whether the scope has anything to do with a need: the machines around it do not hold it anyway.
    template <std::size_t I>
    static constexpr bool is_own = !required_among<Around>::contains(order::template at<I>.name.view());
    template <std::size_t I>
    static constexpr bool is_counted =
        !order::template at<I>.is_required || Around::contains(order::template at<I>.name.view());

public:
    /// Takes all, or gives back all, with what the state before kept for this one, and throws.
    template <class Limit>
    STEWARD_INLINED static void enter(Owner& owner, const Limit& limit, std::source_location where)
    {
        enter_all(in_order{}, owner, limit, where);
    }

    /// Gives all back, last resource first, but what `Kept` (in the order of the needs) names.
    template <kept Kept = kept{}>
    STEWARD_INLINED static void leave(Owner& owner) noexcept
    {
        leave_all<Kept>(in_order{}, owner);
    }

    /// Gives back what the state before has kept for this one, which is not entered after all.
    static void forgo(Owner& owner) noexcept { abandon(in_order{}, owner, 0); }

private:
    template <class Limit, std::size_t... Is>
    STEWARD_INLINED static void enter_all(std::index_sequence<Is...>, Owner& owner, [[maybe_unused]] const Limit& limit,
                                          [[maybe_unused]] std::source_location where)
    {
        struct undo {
            STEWARD_INLINED ~undo()
            {
                if (armed)
                    abandon(in_order{}, on, taken);
            }
            Owner& on;
            std::size_t taken = 0;
            bool armed = true;
        } guard{owner}; // for what a policy throws: pools return their errors
        [[maybe_unused]] acquisition all;
        const bool complete = (take<Is>(all, owner, guard.taken, limit, where) && ...);
        guard.armed = false;
        if (!complete) [[unlikely]] {
            abandon(in_order{}, owner, guard.taken);
            all.fail();
        }
    }

    template <std::size_t I, class Limit>
    STEWARD_INLINED static bool take([[maybe_unused]] acquisition& all, [[maybe_unused]] Owner& owner,
                                     [[maybe_unused]] std::size_t& taken, const Limit& limit,
                                     std::source_location where)
    {
        if constexpr (is_own<I>) {
            constexpr auto wanted = order::template at<I>;
            if (!hold<wanted>(all, owner, limit, where))
                return false;
            if constexpr (is_counted<I>) {
                auto& entry = owner_access::entry<wanted.name>(owner);
                entry.scopes += entry.token ? 1 : 0;
            }
        }
        taken = I + 1;
        return true;
    }

    // Gives back what was taken, and what the state before has kept for the rest.
    template <std::size_t... Is>
    STEWARD_INLINED static void abandon(std::index_sequence<Is...>, [[maybe_unused]] Owner& owner,
                                        [[maybe_unused]] std::size_t taken) noexcept
    {
        (abandon_one<order::size - 1 - Is>(owner, taken), ...);
    }
    template <std::size_t I>
    STEWARD_INLINED static void abandon_one([[maybe_unused]] Owner& owner, [[maybe_unused]] std::size_t taken) noexcept
    {
        if constexpr (is_own<I> && is_counted<I>) {
            auto& entry = owner_access::entry<order::template at<I>.name>(owner);
            entry.scopes += I >= taken && entry.token ? 1 : 0;
        }
        leave_one<false, I>(owner);
    }

    template <kept Kept, std::size_t... Is>
    STEWARD_INLINED static void leave_all(std::index_sequence<Is...>, Owner& owner) noexcept
    {
        (leave_one<Kept[order::all[order::size - 1 - Is].need], order::size - 1 - Is>(owner), ...);
    }
    template <bool IsKept, std::size_t I>
    STEWARD_INLINED static void leave_one([[maybe_unused]] Owner& owner) noexcept
    {
        if constexpr (is_own<I>) {
            constexpr auto name = order::template at<I>.name;
            auto& entry = owner_access::entry<name>(owner);
            if (!entry.token)
                return;
            if constexpr (is_counted<I>)
                --entry.scopes;
            if constexpr (!IsKept)
                if (!is_counted<I> || entry.scopes == 0)
                    entry.let_go(owner_access::pool<name>(owner));
        }
    }
};

/// Calls `Undo(owner)` on the way of an exception.
template <class Owner, auto Undo>
class unless_kept {
public:
    STEWARD_INLINED explicit unless_kept(Owner& owner) noexcept : owner_{owner} {}
    STEWARD_INLINED ~unless_kept()
    {
        if (armed_)
            Undo(owner_);
    }
    unless_kept(const unless_kept&) = delete;
    unless_kept& operator=(const unless_kept&) = delete;

    /// Leaves it to somebody else to give it back.
    void keep() noexcept { armed_ = false; }

private:
    Owner& owner_;
    bool armed_ = true;
};

/// Gives back what a scope holds, unless that is kept.
template <class Scope, class Owner>
using inside = unless_kept<Owner, &Scope::template leave<>>;
/// Gives back what was kept for a scope, unless that is entered.
template <class Scope, class Owner>
using before = unless_kept<Owner, &Scope::forgo>;

} // namespace steward::inline v0::detail
