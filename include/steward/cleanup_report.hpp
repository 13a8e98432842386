// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace steward::inline v0 {

/// What `cleanup` could not end in time, and what failed meanwhile. Nothing of it holds a secret.
struct cleanup_report {
    /// Leases that are still out; their resources are closed as they come back.
    struct lent {
        std::string resource;               ///< its declared name
        std::size_t leases = 0;             ///< how many are out
        std::vector<std::string> holders{}; ///< where the ownership policy knows
    };
    /// Resources that the adapter is still at work on; they go when it is done.
    struct closing {
        std::string resource;      ///< its declared name
        std::size_t resources = 0; ///< how many there are
    };
    /// A resource whose end failed: it is gone, but its adapter said this.
    struct failure {
        std::string resource; ///< its declared name
        std::string what;     ///< what the adapter threw, as a text
    };

    std::vector<lent> still_lent{};       ///< one entry for each resource with leases that are out
    std::vector<closing> still_closing{}; ///< one entry for each resource that the adapter works on
    std::vector<failure> failed{};        ///< one entry for each resource whose end failed

    /// Everything is closed, however well.
    [[nodiscard]] bool complete() const noexcept { return still_lent.empty() && still_closing.empty(); }
};

} // namespace steward::inline v0
