// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "results.hpp"

#include <string>

namespace lab {

/// One line a result (RFC 4180, with a head): subject, its policies, the configuration, and of each measure the median and
/// the quartiles. A missing subject has a line that says why.
std::string csv_of(const results& from);

} // namespace lab
