// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/fsm/detail/caught.hpp>
#include <steward/fsm/state.hpp>
#include <steward/time.hpp>
#include <steward/wait_limit.hpp>

#include <condition_variable>
#include <mutex>
#include <stop_token>

namespace steward::inline v0::detail {

/// Waits until `end`; false if the run is stopped before, or, at once, if its time is over before.
[[nodiscard]] inline bool pause_until(time_point end, const wait_limit& limit)
{
    if (limit.stop_requested() || end >= limit.end())
        return false;
    std::mutex mutex;
    std::unique_lock lock{mutex};
    std::condition_variable_any nobody;
    const std::stop_token stop = limit.stoppable() ? limit.stop() : std::stop_token{};
    nobody.wait_until(lock, stop, end, [] { return false; });
    return !stop.stop_requested();
}

template <class Retry>
struct retry_of;
template <int Times, time_span Pause, class... Errors>
struct retry_of<retry<Times, Pause, Errors...>> {
    /// Calls `f(attempt)` until it does not throw what is retried, or has been tried often enough.
    template <class F>
    static auto call(const wait_limit& limit, F f)
    {
        duration pause = retry<Times, Pause, Errors...>::pause;
        for (int attempt = 1;; ++attempt) {
            try {
                return f(attempt);
            } catch (...) {
                if (attempt > Times || !caught<on_error<Errors...>>::call([](const auto&) { return true; }))
                    throw;
                if (!pause_until(later(clock::now(), pause), limit))
                    throw;
                pause = pause > duration::max() / 2 ? duration::max() : pause * 2;
            }
        }
    }
};

} // namespace steward::inline v0::detail
