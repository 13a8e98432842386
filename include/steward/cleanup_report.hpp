// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace steward {

/// What `cleanup` could not end in time, and what failed meanwhile. Nothing of it holds a secret.
struct cleanup_report {
    /// Leases that are still out; their resources are closed as they come back.
    struct lent {
        std::string resource;
        std::size_t leases = 0;
        std::vector<std::string> holders{}; ///< where the ownership policy knows
    };
    /// Resources that the adapter is still at work on; they go when it is done.
    struct closing {
        std::string resource;
        std::size_t resources = 0;
    };
    /// A resource whose end failed: it is gone, but its adapter said this.
    struct failure {
        std::string resource;
        std::string what;
    };

    std::vector<lent> still_lent{};
    std::vector<closing> still_closing{};
    std::vector<failure> failed{};

    /// Everything is closed, however well.
    [[nodiscard]] bool complete() const noexcept { return still_lent.empty() && still_closing.empty(); }
};

} // namespace steward
