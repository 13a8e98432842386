// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "cases.hpp"

#include <string>
#include <utility>
#include <vector>

namespace steward::inline v0::lab {

/// Measures a case once: each value that a repetition gives, by its name in results.json; none where there was no lease, or
/// none that was timed, because another program had the processors.
[[nodiscard]] std::vector<std::pair<std::string, double>> measure_once(const lab_case& what, bool quick);

} // namespace steward::inline v0::lab
