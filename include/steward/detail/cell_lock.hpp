// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <atomic>

namespace steward::detail {

/// A lock of one byte for a handful of instructions: whoever finds it held goes elsewhere.
class cell_lock {
public:
    [[nodiscard]] bool try_lock() noexcept
    {
        return !held_.load(std::memory_order_relaxed) && !held_.exchange(true, std::memory_order_acquire);
    }
    void unlock() noexcept { held_.store(false, std::memory_order_release); }

private:
    std::atomic<bool> held_{false};
};

} // namespace steward::detail
