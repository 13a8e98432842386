// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "cases.hpp"
#include "options.hpp"
#include "results.hpp"

#include <vector>

namespace steward::inline v0::lab {

/// Measures all cases as often as the options say, the repetitions of all of them mixed at random, so that what else the machine
/// does meets all alike. Shows how far it is if there is a terminal.
[[nodiscard]] std::vector<result> run_all(const std::vector<lab_case>& cases, const options& given);

} // namespace steward::inline v0::lab
