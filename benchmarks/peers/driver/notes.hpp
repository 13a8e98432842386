// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "results.hpp"
#include "system_costs.hpp"

#include <nlohmann/json.hpp>

namespace peers {

/// Why numbers are as they are, for the report to show beside them: the notes of results.json, of the workloads that were
/// measured.
[[nodiscard]] nlohmann::ordered_json notes_of(const results& all, const system_costs& here, unsigned cores);

} // namespace peers
