// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <atomic>
#include <cstdint>

namespace steward::detail {

/// A number for each execution, so that owners tell executions of one state apart.
[[nodiscard]] inline std::uint64_t next_execution() noexcept
{
    static constinit std::atomic<std::uint64_t> next{1};
    return next.fetch_add(1, std::memory_order_relaxed);
}

} // namespace steward::detail
