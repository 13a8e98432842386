// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/lab/subject.hpp>

#include <string>
#include <vector>

namespace steward::inline v0::lab {

/// All combinations that were compiled in, by their ids.
[[nodiscard]] const std::vector<description>& all_subjects();

/// `lock_free,bounded,none,none,none,overtaking`
[[nodiscard]] std::string id_of(const description& what);

} // namespace steward::inline v0::lab
