// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/detail/fork_watch.hpp>
#include <steward/detail/futex.hpp>
#include <steward/time.hpp>

#include <atomic>
#include <cstdint>
#include <mutex>
#include <thread>

namespace steward::inline v0::detail {

/// The thread of a manager that tells its pools the time. It sleeps in between, and ends at once when it is asked to.
///
/// Threads: everything may be called by any thread, also by this one out of its work, except `stop`.
class housekeeper {
public:
    housekeeper() = default;
    housekeeper(const housekeeper&) = delete;
    housekeeper& operator=(const housekeeper&) = delete;
    ~housekeeper() { stop(); }

    /// Calls `work(on, now)` again and again; it returns when it wants to be called next.
    void start(time_point (*work)(void*, time_point) noexcept, void* on)
    {
        const std::lock_guard lock{mutex_};
        work_ = work;
        on_ = on;
        run();
    }

    /// Lets the thread end by itself if there is nothing to do for it.
    template <class Idle>
    void end_if(Idle idle) noexcept
    {
        const std::lock_guard lock{mutex_};
        if (idle())
            end();
    }

    /// There is something to do again; nothing happens if it was never started.
    void go_on()
    {
        const std::lock_guard lock{mutex_};
        std::uint32_t seen = ending;
        if (stage_.compare_exchange_strong(seen, running) || seen == running || work_ == nullptr)
            return;
        if (thread_.joinable())
            thread_.join(); // it has ended
        run();
    }

    /// Ends it for good. Harmless if repeated, or if it was never started.
    void stop() noexcept
    {
        end();
        if (thread_.joinable())
            thread_.join();
    }

private:
    static constexpr std::uint32_t running = 0, ending = 1, ended = 2;

    void run()
    {
        stage_.store(running);
        try {
            thread_ = std::thread{[this] { live(); }};
        } catch (...) { // there are no threads
            stage_.store(ended);
            throw;
        }
    }

    void end() noexcept
    {
        std::uint32_t seen = running;
        stage_.compare_exchange_strong(seen, ending);
        futex_wake(&stage_);
    }

    void live() noexcept
    {
        for (;;) {
            std::uint32_t seen = ending;
            if (stage_.compare_exchange_strong(seen, ended))
                return;
            const time_point next = work_(on_, clock::now());
            while (stage_.load() == running && clock::now() < next)
                futex_wait(stage_, running, next);
        }
    }

    // In a child process: the thread is the parent's.
    void abandon() noexcept
    {
        forget(mutex_);
        forget(thread_);
        work_ = nullptr;
    }

    std::mutex mutex_;
    std::atomic<std::uint32_t> stage_{ended};
    time_point (*work_)(void*, time_point) noexcept = nullptr;
    void* on_ = nullptr;
    std::thread thread_;
    fork_watch forks_{[](void* self) noexcept { static_cast<housekeeper*>(self)->abandon(); }, this};
};

/// What a manager has instead whose resources need no time.
struct no_housekeeper {
    template <class Idle>
    static constexpr void end_if(Idle) noexcept
    {
    }
    static constexpr void go_on() noexcept {}
    static constexpr void stop() noexcept {}
};

} // namespace steward::inline v0::detail
