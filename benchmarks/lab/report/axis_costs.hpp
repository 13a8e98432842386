// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "results.hpp"

#include <string>
#include <vector>

namespace lab {

/// What a policy costs over another one of its axis: over all pairs of combinations that differ in nothing else.
struct policy_cost {
    std::string policy;
    int pairs = 0;
    double ns = 0, ns_low = 0, ns_high = 0; ///< nanoseconds a lease, all threads together: median, quartiles
    double exchanges = 0;                   ///< the same as a multiple of the exchange; not a number if not measured
    double bytes = 0;                       ///< a slot, median; not a number if not known
};

struct axis_cost {
    std::string axis;
    std::string over; ///< `none`; where the axis has none, its policy with the cheapest median
    std::vector<policy_cost> policies{};
};

/// Of all axes that vary, in one configuration.
std::vector<axis_cost> axis_costs(const results& from, const configuration& where);

} // namespace lab
