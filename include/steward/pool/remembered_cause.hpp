// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/error.hpp>

#include <atomic>
#include <exception>
#include <mutex>
#include <string>
#include <utility>

namespace steward::inline v0::detail {

/// Why creating failed last, if it has not succeeded since: what a time-out names as its cause.
///
/// The words only: the exception belongs to the caller who got it, and no other thread touches it. Read and written on
/// slow paths only; `some_` spares those that succeed the lock.
template <class Mutex>
class remembered_cause {
public:
    void set(const std::exception_ptr& cause) noexcept
    {
        try {
            replace(describe(cause), true);
        } catch (...) { // no memory for words
            replace({}, false);
        }
    }
    void clear() noexcept
    {
        if (some_.load(std::memory_order_relaxed))
            replace({}, false);
    }

    /// Says so behind the details of a time-out, if creating failed last.
    void append_to(std::string& details)
    {
        const std::lock_guard lock{mutex_};
        if (some_.load(std::memory_order_relaxed))
            details.append(details.empty() ? "" : "; ").append("the last one could not be created: ").append(words_);
    }

private:
    void replace(std::string words, bool some) noexcept
    {
        const std::lock_guard lock{mutex_};
        some_.store(some, std::memory_order_relaxed);
        words_.swap(words);
    }

    std::atomic<bool> some_{false};
    [[no_unique_address]] Mutex mutex_;
    std::string words_;
};

} // namespace steward::inline v0::detail
