// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "results.hpp"

#include <nlohmann/json.hpp>

namespace peers {

/// Why numbers are as they are, for the report to show beside them: the notes of results.json, of the workloads that were
/// measured. Measures what the system takes for it, where that is the reason.
[[nodiscard]] nlohmann::ordered_json notes_of(const results& all, unsigned cores);

} // namespace peers
