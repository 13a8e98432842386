// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/fixed_string.hpp>
#include <steward/owner_id.hpp>

namespace steward::detail {

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
    /// What it takes from now on it holds under another name.
    template <class Owner>
    static void rename(Owner& owner, owner_id id) noexcept
    {
        owner.id_ = id;
    }
};

} // namespace steward::detail
