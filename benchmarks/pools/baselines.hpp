// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <condition_variable>
#include <cstddef>
#include <mutex>
#include <vector>

namespace benchmarks {

/// What people write by hand: a mutex, a condition variable and a list of what is free.
template <class T>
class mutex_pool {
public:
    explicit mutex_pool(std::size_t size) : all_(size)
    {
        for (T& each : all_)
            free_.push_back(&each);
    }

    [[nodiscard]] T* acquire()
    {
        std::unique_lock lock{mutex_};
        changed_.wait(lock, [this] { return !free_.empty(); });
        T* const taken = free_.back();
        free_.pop_back();
        return taken;
    }

    void release(T* taken)
    {
        {
            const std::lock_guard lock{mutex_};
            free_.push_back(taken);
        }
        changed_.notify_one();
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<T> all_;
    std::vector<T*> free_;
};

} // namespace benchmarks
