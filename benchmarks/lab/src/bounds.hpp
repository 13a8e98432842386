// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "results.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace steward::lab {

/// What a lease of a combination may take at most, as a ratio: to a lease of another combination, or to an atomic exchange.
struct bound {
    std::string_view workload;
    std::size_t threads;
    std::string_view subject;
    std::string_view other; ///< empty: the exchange
    double limit;
};

/// Those that the lab holds itself to. They are wide: what they find is a mistake, not noise. A processor that shares its
/// core with somebody else's work takes 1.75 times as long for a lease, and 1.2 times for an exchange.
[[nodiscard]] std::span<const bound> all_bounds();

struct verdict {
    std::string text; ///< a line for each bound
    bool holds = true;
};

/// Compares the best repetitions, since whatever disturbs only makes slower. What was not measured does not hold.
[[nodiscard]] verdict check(std::span<const bound> bounds, const std::vector<result>& results);

} // namespace steward::lab
