// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/owner_id.hpp>

#include <source_location>

namespace steward::inline v0 {

/// Who acquires a resource, and from which line of the user's program.
struct caller {
    owner_id owner{};             ///< nobody for an anonymous lease
    std::source_location where{}; ///< the line; empty where it is not known

    constexpr caller() = default;
    /// Implicit, so that an owner's name can stand for him.
    constexpr caller(owner_id id, std::source_location line = {}) noexcept : owner{id}, where{line} {} // NOLINT
};

} // namespace steward::inline v0
