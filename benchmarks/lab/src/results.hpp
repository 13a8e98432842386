// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "cases.hpp"
#include "machine.hpp"

#include <map>
#include <string>
#include <vector>

namespace steward::inline v0::lab {

/// What was measured of one case: one number for each repetition, by what it says.
struct result {
    lab_case of;
    std::map<std::string, std::vector<double>> samples{};

    /// Throws std::out_of_range if there are none.
    [[nodiscard]] double median(const std::string& what) const;
};

/// The whole of results.json.
[[nodiscard]] std::string to_json(const machine& where, bool quick, const std::vector<result>& results);

} // namespace steward::inline v0::lab
