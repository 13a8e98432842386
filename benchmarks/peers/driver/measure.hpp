// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "options.hpp"
#include "results.hpp"

namespace peers {

/// Starts all peers and measures all cases so many times: in each round every case, and of a case all peers one after
/// the other in a random order, so that what else the machine does meets all alike. One that fails is missing.
[[nodiscard]] results measure(const options& given);

} // namespace peers
