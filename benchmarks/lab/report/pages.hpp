// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "results.hpp"

#include <string>

namespace lab {

/// The report on one run, or on several files: one HTML file that needs nothing else.
std::string report_page(const results& from);

/// What changed from one file to the other, as an HTML file that needs nothing else.
std::string comparison_page(const results& before, const results& after);

} // namespace lab
