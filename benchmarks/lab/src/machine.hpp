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

} // namespace steward::inline v0::lab
