// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <atomic>
#include <cstdint>

namespace steward::inline v0::detail {

/// A number for each execution of the process, so that owners tell executions of one state apart. Threads take them by the
/// hundred, so that they do not wait for one another's cache line.
[[nodiscard]] inline std::uint64_t next_execution() noexcept
{
    constexpr std::uint64_t at_once = 128;
    static constinit std::atomic<std::uint64_t> taken{0};
    static constinit thread_local std::uint64_t last = 0;
    if (last % at_once == 0)
        last = taken.fetch_add(at_once, std::memory_order_relaxed);
    return ++last;
}

} // namespace steward::inline v0::detail
