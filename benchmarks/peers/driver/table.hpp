// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "results.hpp"

#include <string>

namespace peers {

[[nodiscard]] std::string title(const peer_case& what);

/// All cases with all peers, the one with the most leases first, and who is missing.
[[nodiscard]] std::string table_of(const results& all);

/// Where steward stands: the first of its combinations against the best peer of each case, in leases and in each time.
/// Ratios are medians of those within a round, so that what else the machine did falls out.
[[nodiscard]] std::string standing_of(const results& all);

} // namespace peers
