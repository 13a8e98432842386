// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/pool/slot_cell.hpp>

#include <cstddef>

namespace steward::inline v0::detail {

/// How many slots are doing what.
struct slot_counts {
    std::size_t lent = 0;
    std::size_t available = 0;  ///< with a resource that may be taken
    std::size_t in_service = 0; ///< an adapter is at work
    std::size_t live = 0;       ///< with a resource

    [[nodiscard]] std::size_t taken() const noexcept { return lent + in_service; }

    /// Whether a slot that does that has a resource.
    [[nodiscard]] static constexpr bool is_live(slot_state now) noexcept
    {
        return now != slot_state::empty && now != slot_state::creating && now != slot_state::out;
    }

    void add(slot_state now) noexcept
    {
        lent += now == slot_state::lent ? 1U : 0U;
        available += is_available(now) ? 1U : 0U;
        in_service += now == slot_state::creating || now == slot_state::service ? 1U : 0U;
        live += is_live(now) ? 1U : 0U;
    }
};

} // namespace steward::inline v0::detail
