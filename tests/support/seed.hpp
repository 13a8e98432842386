// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <cstdlib>
#include <string>

namespace steward::test {

/// What a random test begins with: always the same, so that a change is judged by what it changes, or the number in
/// the environment variable STEWARD_TEST_SEED, for whoever wants to look at other sequences.
[[nodiscard]] inline std::uint64_t seed()
{
    const char* const wanted = std::getenv("STEWARD_TEST_SEED");
    return wanted == nullptr ? 20'231'017 : std::strtoull(wanted, nullptr, 10);
}

/// For the message of a failure.
[[nodiscard]] inline std::string how_to_repeat() { return "to repeat it: STEWARD_TEST_SEED=" + std::to_string(seed()); }

} // namespace steward::test
