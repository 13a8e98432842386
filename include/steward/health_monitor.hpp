// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/detail/fork_watch.hpp>
#include <steward/detail/futex.hpp>
#include <steward/resource_health.hpp>
#include <steward/resource_status.hpp>
#include <steward/time.hpp>

#include <atomic>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <stop_token>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace steward::inline v0 {

/// The health of a resource is another one than before.
struct health_change {
    std::string_view resource; ///< its declared name
    resource_health before;    ///< what it was at the last look
    resource_health now;       ///< what it is
    std::string reason{};      ///< of what it is now; no secrets
    time_point since{};        ///< the tick in which that began; the epoch where nothing is known
};

/// Watches the health of a manager's resources and calls back when one changes; the first look compares with what was
/// found when the monitor was made.
///
/// `check` looks once, on the caller's thread. `start` has a thread do it again and again, until `stop`, or until a
/// token says so; the monitor's end stops it, and the manager must outlive it. What the callback throws is counted and
/// does no harm: the change was reported. The callback may ask the manager anything.
/// Threads: everything may be called by any thread, `stop` not by the callback; one call of the callback at a time.
template <class Manager, std::invocable<const health_change&> Callback>
class health_monitor {
public:
    /// Looks once, without calling back. Throws what looking throws, such as std::bad_alloc.
    health_monitor(Manager& manager, Callback callback)
        : manager_{manager}, callback_{std::move(callback)}, last_{manager.health()}
    {
    }
    health_monitor(const health_monitor&) = delete;
    health_monitor& operator=(const health_monitor&) = delete;
    ~health_monitor() { stop(); }

    /// Looks at every resource once.
    void check()
    {
        const std::lock_guard lock{mutex_};
        const std::vector<named_health> before = std::exchange(last_, manager_.health());
        for (std::size_t i = 0; i != last_.size(); ++i)
            if (const named_health& now = last_[i]; now.health != before[i].health)
                report({now.name, before[i].health, now.health, now.reason, now.since});
    }

    /// Looks each `interval` on a thread of its own, from now on, instead of what was started before;
    /// `configuration_error` if that is zero or less, std::system_error if there is no thread.
    void start(duration interval, std::stop_token token = {})
    {
        if (interval <= duration::zero())
            throw configuration_error{{{"health_monitor", "interval", "more than zero"}}};
        const std::lock_guard lock{thread_mutex_};
        end_thread();
        stopped_.store(0);
        thread_ = std::thread{[this, interval, token = std::move(token)] { watch(interval, token); }};
    }

    /// Ends the thread and waits for it, and for a callback that is under way; harmless if there is none.
    void stop() noexcept
    {
        const std::lock_guard lock{thread_mutex_};
        end_thread();
    }

    /// How many callbacks threw.
    [[nodiscard]] std::uint64_t failed_callbacks() const noexcept { return failed_callbacks_.load(); }

private:
    void report(const health_change& change) noexcept
    {
        try {
            callback_(change);
        } catch (...) {
            ++failed_callbacks_;
        }
    }

    void watch(duration interval, const std::stop_token& token)
    {
        const std::stop_callback on_stop{token, [this]() noexcept { wake(); }};
        while (stopped_.load() == 0) {
            const time_point next = clock::now() + interval;
            while (stopped_.load() == 0 && clock::now() < next)
                detail::futex_wait(stopped_, 0, next);
            if (stopped_.load() == 0)
                check_quietly();
        }
    }

    void check_quietly() noexcept
    {
        try {
            check();
        } catch (...) { // no memory: the next look finds the change
        }
    }

    // With the mutex of the thread held.
    void end_thread() noexcept
    {
        wake();
        if (thread_.joinable())
            thread_.join();
    }

    void wake() noexcept
    {
        stopped_.store(1);
        detail::futex_wake(&stopped_);
    }

    // In a child process the thread is not there.
    void abandon() noexcept
    {
        detail::forget(mutex_);
        detail::forget(thread_mutex_);
        detail::forget(thread_);
    }

    Manager& manager_;
    Callback callback_;
    std::mutex mutex_; ///< of looks and callbacks
    std::vector<named_health> last_;
    std::atomic<std::uint64_t> failed_callbacks_{0};
    std::atomic<std::uint32_t> stopped_{0};
    std::mutex thread_mutex_; ///< of starting and joining
    std::thread thread_;
    detail::fork_watch forks_{[](void* self) noexcept { static_cast<health_monitor*>(self)->abandon(); }, this};
};

} // namespace steward::inline v0
