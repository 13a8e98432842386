// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "results.hpp"

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace steward::inline v0::lab {

/// What a lease of a combination may take at most, as a ratio: to a lease of another combination, or to an atomic exchange.
struct bound {
    std::string_view workload;
    std::size_t threads;
    std::string_view subject;
    std::string_view other; ///< empty: the exchange
    double limit;
};

/// Those that the lab holds itself to. They are wide: what they find is a mistake, not noise.
[[nodiscard]] std::span<const bound> all_bounds();

struct verdict {
    std::string text; ///< a line for each bound
    bool holds = true;
};

/// Compares the best repetitions, since whatever disturbs only makes slower; a single thread's leases are measured once
/// more for it, in turns with what they are compared with. What was not measured does not hold. Takes about a second.
[[nodiscard]] verdict check(std::span<const bound> bounds, const std::vector<result>& results);

} // namespace steward::inline v0::lab
