// SPDX-License-Identifier: BSL-1.0
#pragma once

namespace peers {

/// What the system takes for what the pools do besides lending, on this machine and at this moment.
struct system_costs {
    double block_us; ///< to let a thread sleep for 100 µs
    double wake_us;  ///< from waking a thread that has slept for some 100 µs until it runs
};

/// Medians of a thousand tries; takes some 300 ms.
[[nodiscard]] system_costs measure_system_costs();

} // namespace peers
