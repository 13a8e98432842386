// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "results.hpp"

#include <vector>

namespace lab {

/// One subject's place in a configuration.
struct ranked {
    const result* of = nullptr;
    int rank = 0;       ///< 1 is the first, by the median of leases_per_s
    int best_rank = 0;  ///< if all those were behind it that are not told_apart from it
    int worst_rank = 0; ///< if they were all before it
    double spread = 0;  ///< half of the distance between the quartiles of leases_per_s, as a part of the median
};

/// All results of a configuration, the first first.
std::vector<ranked> ranking(const results& from, const configuration& where);

} // namespace lab
