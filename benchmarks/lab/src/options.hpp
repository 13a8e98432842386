// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "cases.hpp"

#include <array>
#include <span>
#include <string>
#include <vector>

namespace steward::inline v0::lab {

/// What the command line says.
struct options {
    bool help = false;
    bool list = false;
    bool quick = false;
    bool check = false;
    int repetitions = 0; ///< 0: as many as suit the workload
    std::string output{};
    std::array<std::vector<std::string>, 6> policies{}; ///< for each axis those that are wanted; none: all
    std::vector<std::string> workloads{};

    [[nodiscard]] int repetitions_of(const lab_case& each) const
    {
        return repetitions != 0 ? repetitions : quick ? each.what->quick_repetitions : 11;
    }
};

/// Throws std::invalid_argument, with what was expected, for what it does not know.
[[nodiscard]] options parse(std::span<char* const> arguments);

[[nodiscard]] std::string help();

/// The cases that are to be measured. Throws std::invalid_argument where a filter fits nothing.
[[nodiscard]] std::vector<lab_case> wanted(const options& given);

} // namespace steward::inline v0::lab
