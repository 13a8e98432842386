// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "results.hpp"

#include <string>

namespace lab {

/// The tables that README.md and docs show, each between its marks `<!-- lab:begin NAME -->` and `<!-- lab:end NAME -->`,
/// with the machine it was made on: `peers`; `costs`, what each policy costs over none; and `costs locking` and so on, the
/// same for one axis. Without its numbers a table is left out.
std::string markdown_of(const results& from);

} // namespace lab
