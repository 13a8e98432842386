// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <fstream>
#include <stdexcept>
#include <string>

namespace steward::test {

/// How many threads this process has, by the kernel's own count: a list of them read while one ends can lack others. One
/// that was joined may be counted a moment longer.
[[nodiscard]] inline long threads()
{
    std::ifstream status{"/proc/self/status"};
    for (std::string word; status >> word;)
        if (long number = 0; word == "Threads:" && status >> number)
            return number;
    throw std::runtime_error{"/proc/self/status: expected a line Threads"};
}

} // namespace steward::test
