// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>

namespace steward::inline v0::lab {

/// Where and when it was measured.
struct machine {
    std::string cpu, system, compiler, when;
    unsigned cores;
};

[[nodiscard]] machine this_machine();

/// How results.json begins: the version of its form, the machine, and whether it was measured quickly. Then come its lists.
[[nodiscard]] std::string head_of_results(const machine& where, bool quick);

} // namespace steward::inline v0::lab
