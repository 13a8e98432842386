// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <atomic>
#include <exception>
#include <mutex>
#include <utility>

namespace steward::detail {

/// Why creating failed last, if it has not succeeded since: what a time-out names as its cause.
///
/// Read and written on slow paths only; `some_` spares those that succeed the lock.
template <class Mutex>
class remembered_cause {
public:
    void set(std::exception_ptr cause)
    {
        const std::lock_guard lock{mutex_};
        some_.store(cause != nullptr, std::memory_order_relaxed);
        cause_.swap(cause); // what it was is let go without the lock: an exception of the user's goes, perhaps
    }
    void clear()
    {
        if (some_.load(std::memory_order_relaxed))
            set(nullptr);
    }
    [[nodiscard]] std::exception_ptr get()
    {
        const std::lock_guard lock{mutex_};
        return cause_;
    }

private:
    std::atomic<bool> some_{false};
    [[no_unique_address]] Mutex mutex_;
    std::exception_ptr cause_;
};

} // namespace steward::detail
