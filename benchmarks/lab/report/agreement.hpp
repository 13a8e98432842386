// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "results.hpp"

#include <string>

namespace lab {

/// How far two runs agree on who is faster.
struct agreement {
    std::string text;   ///< a line for each configuration, with what is ranked otherwise
    int differ = 0;     ///< pairs of subjects whose median rates, both runs together, are more than 10 % apart
    int told_apart = 0; ///< those of them that both runs tell apart
    int otherwise = 0;  ///< those of them of which the one is faster in one run, and the other in the other

    /// But for what chance does: one pair in a thousand.
    [[nodiscard]] bool agrees() const { return otherwise * 1000 <= differ; }
};

/// Of subjects that are not `told_apart` a run does not know which one is faster, and nobody should choose between those that
/// are closer than 10 %.
agreement agreement_of(const results& first, const results& second);

} // namespace lab
