// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <filesystem>
#include <iterator>

namespace steward::test {

/// How many threads this process has. One that was joined may be listed a moment longer.
[[nodiscard]] inline std::ptrdiff_t threads()
{
    return std::distance(std::filesystem::directory_iterator{"/proc/self/task"}, std::filesystem::directory_iterator{});
}

} // namespace steward::test
