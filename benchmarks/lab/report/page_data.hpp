// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "results.hpp"

#include <string>

namespace lab {

/// What the report's scripts draw, as JSON that can stand in a script.
std::string report_data(const results& from);

/// The same for the comparison of two files.
std::string comparison_data(const results& before, const results& after);

} // namespace lab
