// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/fixed_string.hpp>
#include <steward/owner_id.hpp>

#include <cstddef>

namespace steward::inline v0::detail {

/// What scopes and machines do with an owner, and its user does not.
struct owner_access {
    template <fixed_string Name, class Owner>
    [[nodiscard]] static auto& entry(Owner& owner) noexcept
    {
        return owner.template entry<Name>();
    }
    template <fixed_string Name, class Owner>
    [[nodiscard]] static auto& pool(Owner& owner) noexcept
    {
        return owner.template pool<Name>();
    }
    /// By the place in the manager.
    template <std::size_t I, class Owner>
    [[nodiscard]] static bool has_at(Owner& owner) noexcept
    {
        return static_cast<bool>(entry_at<I>(owner.entries_).token);
    }
    template <std::size_t I, class Owner>
    static void let_go_at(Owner& owner) noexcept
    {
        owner.template let_go_at<I>();
    }
    /// What it takes from now on it holds under another name.
    template <class Owner>
    static void rename(Owner& owner, owner_id id) noexcept
    {
        owner.id_ = id;
    }
};

} // namespace steward::inline v0::detail
