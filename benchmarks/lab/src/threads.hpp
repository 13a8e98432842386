// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "allocations.hpp"
#include "cases.hpp"

#include <atomic>
#include <barrier>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <thread>
#include <utility>
#include <vector>

namespace steward::lab {

/// Runs `f(stop, log)` on each thread of a measurement for that time: all begin together, and are told when it is over.
template <class F>
void on_threads(measurement& r, std::chrono::nanoseconds time, F f)
{
    std::atomic<bool> stop{false};
    std::barrier begin{static_cast<std::ptrdiff_t>(r.threads) + 1};
    std::chrono::steady_clock::time_point began;
    {
        std::vector<std::jthread> all;
        for (std::size_t i = 0; i != r.threads; ++i)
            all.emplace_back([&, i] {
                begin.arrive_and_wait();
                const std::uint64_t before = allocations_of_this_thread();
                f(std::as_const(stop), r.logs[i]);
                r.logs[i].allocations = allocations_of_this_thread() - before;
            });
        begin.arrive_and_wait();
        began = std::chrono::steady_clock::now();
        std::this_thread::sleep_for(time);
        stop.store(true, std::memory_order_relaxed);
    }
    r.busy = std::chrono::steady_clock::now() - began;
}

} // namespace steward::lab
