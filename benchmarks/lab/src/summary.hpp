// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "results.hpp"

#include <string>
#include <vector>

namespace steward::inline v0::lab {

/// The best combinations of each workload, with bars, and colours if there is a terminal.
[[nodiscard]] std::string summary_of(const std::vector<result>& results, bool coloured);

} // namespace steward::inline v0::lab
