// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <atomic>
#include <mutex>
#include <stdexcept>
#include <thread>

namespace steward::inline v0::detail {

/// For adapters that create one resource at a time (`serial_create`): whoever has a turn may create.
class serial_creation {
public:
    class turn {
    public:
        /// Waits for the others. Throws if the caller has a turn already: an adapter's create has come back here.
        explicit turn(serial_creation& all) : all_{all}
        {
            if (all.creator_.load(std::memory_order_relaxed) == std::this_thread::get_id())
                throw std::logic_error{"its create asks for another one, though the adapter creates one at a time"};
            all_.mutex_.lock();
            all_.creator_.store(std::this_thread::get_id(), std::memory_order_relaxed);
        }
        ~turn()
        {
            all_.creator_.store(std::thread::id{}, std::memory_order_relaxed);
            all_.mutex_.unlock();
        }
        turn(const turn&) = delete;
        turn& operator=(const turn&) = delete;

    private:
        serial_creation& all_;
    };

private:
    std::mutex mutex_;
    std::atomic<std::thread::id> creator_{}; ///< a thread finds its own id only if it has stored it
};

/// For all other adapters: everybody may create.
class free_creation {
public:
    struct turn {
        explicit constexpr turn(free_creation&) noexcept {}
    };
};

} // namespace steward::inline v0::detail
