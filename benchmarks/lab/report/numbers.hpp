// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>

namespace lab {

/// Three digits: "0", "1.23", "12.3", "123". Empty for what is not a number.
std::string three_digits(double number);

/// Three digits with k, M or G.
std::string rate_text(double per_second);

/// Three digits with ns, µs, ms or s.
std::string duration_text(double ns);

} // namespace lab
