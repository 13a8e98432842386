// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "results.hpp"

#include <vector>

namespace lab {

/// Several files as one: all that they hold, in their order. Where a subject is missing in one file and ran in another, it
/// ran. Where two files measured the same subject in the same configuration, both stay: the later one is named after
/// its file. Throws std::runtime_error if a file is there twice.
results merged(std::vector<results> files);

} // namespace lab
