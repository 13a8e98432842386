// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <condition_variable>
#include <limits>
#include <mutex>

namespace steward::test {

/// A place in an adapter where threads stop until the test lets them go on.
class stop_point {
public:
    /// The adapter has come here; returns once it may pass.
    void arrive()
    {
        std::unique_lock lock{mutex_};
        ++arrived_;
        ++inside_;
        most_ = inside_ > most_ ? inside_ : most_;
        changed_.notify_all();
        changed_.wait(lock, [&] { return may_pass_ != 0; });
        if (may_pass_ != everybody)
            --may_pass_;
        --inside_;
        changed_.notify_all();
    }

    /// Waits until that many have come here, those that have passed included.
    void await(int number)
    {
        std::unique_lock lock{mutex_};
        changed_.wait(lock, [&] { return arrived_ >= number; });
    }

    /// So many of those who are here, or come, may pass.
    void let_pass(int number)
    {
        const std::lock_guard lock{mutex_};
        may_pass_ += number;
        changed_.notify_all();
    }

    /// All who are here may pass, and all who come.
    void open()
    {
        const std::lock_guard lock{mutex_};
        may_pass_ = everybody;
        changed_.notify_all();
    }

    [[nodiscard]] int arrived()
    {
        const std::lock_guard lock{mutex_};
        return arrived_;
    }
    [[nodiscard]] int inside()
    {
        const std::lock_guard lock{mutex_};
        return inside_;
    }
    /// The most that were here at once.
    [[nodiscard]] int most()
    {
        const std::lock_guard lock{mutex_};
        return most_;
    }

private:
    static constexpr int everybody = std::numeric_limits<int>::max();

    std::mutex mutex_;
    std::condition_variable changed_;
    int arrived_ = 0, inside_ = 0, most_ = 0, may_pass_ = 0;
};

} // namespace steward::test
