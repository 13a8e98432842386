// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "allocations.hpp"
#include "cases.hpp"
#include "median.hpp"

#include <atomic>
#include <barrier>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <thread>
#include <utility>
#include <vector>

namespace steward::inline v0::lab {

/// All leases of a measurement until now, while its threads go on.
[[nodiscard]] inline std::uint64_t leases_until_now(measurement& r)
{
    std::uint64_t result = 0;
    for (thread_log& each : r.logs)
        result += std::atomic_ref{each.leases}.load(std::memory_order_relaxed);
    return result;
}

/// Waits until the time of a measurement is over, which is looked at in slices. What it finds is the median slice: where
/// another program takes a processor for a while, a few slices are lost and not the measurement.
inline void watch(measurement& r, std::chrono::nanoseconds time)
{
    constexpr int slices = 5;
    std::vector<double> rates;
    auto began = std::chrono::steady_clock::now();
    std::uint64_t before = leases_until_now(r);
    for (int i = 0; i != slices; ++i) {
        std::this_thread::sleep_for(time / slices);
        const auto now = std::chrono::steady_clock::now();
        const std::uint64_t leases = leases_until_now(r);
        const std::chrono::duration<double> span = now - std::exchange(began, now);
        rates.push_back(static_cast<double>(leases - std::exchange(before, leases)) / span.count());
    }
    r.leases_per_s = median(std::move(rates));
}

/// Runs `f(stop, log)` on each thread of a measurement for that time: all begin together, and are told when it is over.
template <class F>
void on_threads(measurement& r, std::chrono::nanoseconds time, F f)
{
    std::atomic<bool> stop{false};
    std::barrier begin{static_cast<std::ptrdiff_t>(r.threads) + 1};
    std::vector<std::jthread> all;
    for (std::size_t i = 0; i != r.threads; ++i)
        all.emplace_back([&, i] {
            begin.arrive_and_wait();
            const std::uint64_t before = allocations_of_this_thread();
            f(std::as_const(stop), r.logs[i]);
            r.logs[i].allocations = allocations_of_this_thread() - before;
        });
    begin.arrive_and_wait();
    watch(r, time);
    stop.store(true, std::memory_order_relaxed);
}

} // namespace steward::inline v0::lab
