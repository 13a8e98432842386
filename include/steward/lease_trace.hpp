// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/owner_id.hpp>
#include <steward/time.hpp>

#include <cstdint>
#include <string>

namespace steward::inline v0 {

/// A lease that is out: who took it, from which line, and in which tick. The texts are static.
struct lease_trace {
    owner_id owner{};          ///< nobody for an anonymous lease
    const char* file = "";     ///< the line's source file
    const char* function = ""; ///< the function it is in
    std::uint32_t line = 0;    ///< from 1; 0 where it is not known
    time_point since{};        ///< the tick in which it was taken
};

/// `load_7 (main.cpp:42)`
[[nodiscard]] inline std::string to_string(const lease_trace& trace)
{
    std::string text = trace.owner ? to_string(trace.owner) : "an anonymous lease";
    return text.append(" (").append(trace.file).append(":").append(std::to_string(trace.line)).append(")");
}

} // namespace steward::inline v0
