// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <mutex>

namespace etl {

/// How many rows went where.
struct counts {
    std::size_t loaded = 0;
    std::size_t rejected = 0;
    std::size_t already_loaded = 0; ///< rows of chunks that an earlier run had finished, the rejected ones among them

    [[nodiscard]] std::size_t rows() const noexcept { return loaded + rejected + already_loaded; }

    counts& operator+=(const counts& other) noexcept
    {
        loaded += other.loaded;
        rejected += other.rejected;
        already_loaded += other.already_loaded;
        return *this;
    }
};

/// The sum of what all executions did. Threads: any.
class tally {
public:
    void add(const counts& more)
    {
        const std::lock_guard lock{mutex_};
        sum_ += more;
    }
    [[nodiscard]] counts sum() const
    {
        const std::lock_guard lock{mutex_};
        return sum_;
    }

private:
    mutable std::mutex mutex_;
    counts sum_;
};

} // namespace etl
