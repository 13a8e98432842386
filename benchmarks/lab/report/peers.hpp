// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "measures.hpp"
#include "results.hpp"

#include <cstddef>
#include <optional>
#include <vector>

namespace lab {

/// What each subject did in one configuration.
struct peers_row {
    lab::configuration configuration;
    std::vector<const result*> of; ///< one a column, nullptr where it was not measured
};

/// steward beside its peers. It points into the results that it was made of.
struct peers_table {
    std::vector<const subject*> columns; ///< steward's first, the missing last
    std::size_t stewards = 0;            ///< how many columns are steward's
    bool picked = false;                 ///< of many combinations only the best one stands here
    std::vector<peers_row> rows;
};

/// All configurations that a peer was measured in; empty if there is none. steward's columns are the combinations that
/// ran beside peers, or, where none did, all. Of more than three only the one is taken that has the highest geometric
/// mean of rates: one for the whole table, not the best of each row.
peers_table peers_of(const results& from);

/// How a column stands to the best of the peers.
struct standing {
    double ratio = 1;          ///< how many times as good
    bool within_noise = false; ///< it is not told_apart from the best peer
    enum class verdict : unsigned char { first, near, behind } verdict = verdict::first; ///< near: within 3 %
};

/// Empty where one of both was not measured, and where it would say nothing: allocations and the median are not
/// judged, and p99 and p99.9 only where holders block.
std::optional<standing> against_peers(const peers_table& table, const peers_row& row, std::size_t column,
                                      const measure& each);

} // namespace lab
