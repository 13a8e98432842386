// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/detail/acquisition.hpp>
#include <steward/detail/owner_access.hpp>
#include <steward/error.hpp>
#include <steward/needs.hpp>
#include <steward/wait_limit.hpp>

#include <array>
#include <cstddef>
#include <optional>
#include <source_location>
#include <utility>

namespace steward::detail {

/// Taking and giving back what a state, a machine or an arc needs, for an owner that nobody else uses: whatever it holds
/// is counted by the scopes that hold it, or was kept by the state before.
template <class Owner, class Needs>
class state_scope {
    using order = needs_in_order<typename Owner::manager_type, Needs>;
    using in_order = std::make_index_sequence<order::size>;
    using kept = std::array<bool, order::size>;

public:
    /// Takes all, or gives back all, with what the state before kept for this one, and throws.
    template <class Limit>
    [[gnu::always_inline]] static void enter(Owner& owner, const Limit& limit, std::source_location where)
    {
        if constexpr (order::size != 0)
            enter_all(in_order{}, owner, limit, where);
    }

    /// Gives all back, last resource first, but what `Kept` (in the order of the needs) names.
    template <kept Kept = kept{}>
    [[gnu::always_inline]] static void leave(Owner& owner) noexcept
    {
        leave_all<Kept>(in_order{}, owner);
    }

private:
    template <class Limit, std::size_t... Is>
    [[gnu::always_inline]] static void enter_all(std::index_sequence<Is...>, Owner& owner, const Limit& limit,
                                                 std::source_location where)
    {
        std::array<bool, order::size> taken{};
        std::optional<resource_error> error;
        struct undo {
            [[gnu::always_inline]] ~undo()
            {
                if (armed)
                    (abandon<order::size - 1 - Is>(on, taken), ...);
            }
            Owner& on;
            const std::array<bool, order::size>& taken;
            bool armed = true;
        } guard{owner, taken};
        acquisition<Owner, Limit> acquiring{owner, limit, where};
        if (!(acquiring.template take<order::template at<Is>>(taken[Is], error) && ...))
            throw std::move(*error);
        guard.armed = false;
    }

    template <std::size_t I>
    static void abandon(Owner& owner, const std::array<bool, order::size>& taken) noexcept
    {
        constexpr auto name = order::template at<I>.name;
        auto& entry = owner_access::entry<name>(owner);
        if (taken[I])
            --entry.scopes;
        entry.let_go_if_unused(owner_access::pool<name>(owner));
    }

    template <kept Kept, std::size_t... Is>
    [[gnu::always_inline]] static void leave_all(std::index_sequence<Is...>, Owner& owner) noexcept
    {
        (leave_one<Kept[order::all[order::size - 1 - Is].need], order::size - 1 - Is>(owner), ...);
    }
    template <bool IsKept, std::size_t I>
    [[gnu::always_inline]] static void leave_one(Owner& owner) noexcept
    {
        constexpr auto name = order::template at<I>.name;
        auto& entry = owner_access::entry<name>(owner);
        if (!entry.token)
            return;
        --entry.scopes;
        if constexpr (!IsKept)
            entry.let_go_if_unused(owner_access::pool<name>(owner));
    }
};

/// Gives back what a scope holds, unless it was left already: on the way of an exception, and while it is under way.
template <class Owner, class Needs>
class inside {
public:
    [[gnu::always_inline]] explicit inside(Owner& owner) noexcept : owner_{owner} {}
    [[gnu::always_inline]] ~inside()
    {
        if (armed_)
            state_scope<Owner, Needs>::leave(owner_);
    }
    inside(const inside&) = delete;
    inside& operator=(const inside&) = delete;

    /// Leaves it to somebody else to give it back.
    void keep() noexcept { armed_ = false; }

private:
    Owner& owner_;
    bool armed_ = true;
};

} // namespace steward::detail
