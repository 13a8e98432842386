// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/detail/fork_watch.hpp>

#include <atomic>
#include <list>
#include <mutex>
#include <system_error>
#include <thread>

namespace steward::inline v0::detail {

/// Threads that work for a pool beside its callers: started when there is something to do, joined at its end.
///
/// Threads: everything may be called by any thread, `wait` not by one of the crew.
class crew {
public:
    crew() = default;
    crew(const crew&) = delete;
    crew& operator=(const crew&) = delete;
    ~crew() { wait(); }

    using task = void (*)(void* on, void* what) noexcept;

    /// Calls `work(on, what)` on a thread of its own; here and now where the system has no more threads.
    void start(task work, void* on, void* what = nullptr) noexcept
    {
        try {
            const std::lock_guard lock{mutex_};
            join_finished();
            member& fresh = members_.emplace_back();
            try {
                fresh.thread = std::thread{[&fresh, work, on, what] {
                    work(on, what);
                    fresh.finished.store(true, std::memory_order_release);
                }};
            } catch (...) {
                members_.pop_back();
                throw;
            }
        } catch (...) { // no thread, or no memory for one
            work(on, what);
        }
    }

    /// Returns once nobody works any more. What the working threads start meanwhile is waited for, too.
    void wait() noexcept
    {
        for (;;) {
            std::list<member> leaving;
            {
                const std::lock_guard lock{mutex_};
                leaving.swap(members_);
            }
            if (leaving.empty())
                return;
            for (member& each : leaving)
                each.thread.join();
        }
    }

private:
    struct member {
        std::thread thread;
        std::atomic<bool> finished{false};
    };

    // With the mutex held.
    void join_finished()
    {
        for (auto each = members_.begin(); each != members_.end();)
            if (each->finished.load(std::memory_order_acquire)) {
                each->thread.join();
                each = members_.erase(each);
            } else {
                ++each;
            }
    }

    // In a child process: nobody works here, and the threads are the parent's.
    void abandon() noexcept
    {
        forget(mutex_);
        forget(members_);
    }

    std::mutex mutex_;
    std::list<member> members_; // a member stays where it is: its thread has the address
    fork_watch forks_{[](void* self) noexcept { static_cast<crew*>(self)->abandon(); }, this};
};

/// Where there is one thread: work is done here and now.
struct no_crew {
    static void start(crew::task work, void* on, void* what = nullptr) noexcept { work(on, what); }
    static constexpr void wait() noexcept {}
};

} // namespace steward::inline v0::detail
