// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>

namespace peers {

/// What the system takes for what the pools do besides lending, on this machine and at this moment.
struct blocking_costs {
    double block_us; ///< to let a thread sleep for 100 µs
    double wake_us;  ///< from waking a thread that has slept for some 100 µs until it runs
};

/// Medians of a thousand tries; takes some 300 ms.
[[nodiscard]] blocking_costs measure_blocking();

/// For how many ms the system stopped one of that many threads at most, which take no slot and only read the clock, as long
/// and as often as a hot loop's waits are measured. Takes some 700 ms.
[[nodiscard]] double longest_stop_ms(std::size_t threads);

} // namespace peers
