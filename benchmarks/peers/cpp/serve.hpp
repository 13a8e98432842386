// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "histogram.hpp"

#include <hold.hpp>

#include <atomic>
#include <barrier>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <iostream>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace peers {

using namespace std::chrono_literals;

/// One repetition: a line of the driver's.
struct job {
    std::string workload;
    std::size_t threads, slots;
    std::chrono::nanoseconds time;
};

/// What one thread saw.
struct alignas(64) thread_log {
    histogram waits;
    std::uint64_t leases = 0;
};

/// What all threads saw together.
struct outcome {
    histogram waits;
    std::uint64_t leases = 0;
    std::chrono::nanoseconds busy{};
};

/// Runs `f(stop, log)` on each thread for that time: all begin together, and are told when it is over.
template <class F>
[[nodiscard]] outcome on_threads(std::size_t threads, std::chrono::nanoseconds time, F f)
{
    const auto logs = std::make_unique<thread_log[]>(threads);
    std::atomic<bool> stop{false};
    std::barrier begin{static_cast<std::ptrdiff_t>(threads) + 1};
    std::chrono::steady_clock::time_point began;
    {
        std::vector<std::jthread> all;
        for (std::size_t i = 0; i != threads; ++i)
            all.emplace_back([&, i] {
                begin.arrive_and_wait();
                f(stop, logs[i]);
            });
        begin.arrive_and_wait();
        began = std::chrono::steady_clock::now();
        std::this_thread::sleep_for(time);
        stop.store(true, std::memory_order_relaxed);
    }
    outcome result;
    result.busy = std::chrono::steady_clock::now() - began;
    for (std::size_t i = 0; i != threads; ++i) {
        result.waits.add(logs[i].waits);
        result.leases += logs[i].leases;
    }
    return result;
}

/// Leases one after the other, each held as `hold` does, with the time from asking to having.
template <class Pool, class Hold>
[[nodiscard]] outcome lend_each(Pool& pool, const job& what, Hold hold)
{
    return on_threads(what.threads, what.time, [&](const std::atomic<bool>& stop, thread_log& log) {
        while (!stop.load(std::memory_order_relaxed)) {
            const auto asked = std::chrono::steady_clock::now();
            pool.lend([&] {
                log.waits.add(static_cast<std::uint64_t>((std::chrono::steady_clock::now() - asked).count()));
                ++log.leases;
                hold();
            });
        }
    });
}

/// Untimed leases for the throughput, then single ones for the times: a look at the clock takes longer than a lease.
template <class Pool>
[[nodiscard]] outcome hot_loop(Pool& pool, const job& what)
{
    outcome result = on_threads(what.threads, what.time * 3 / 4, [&](const std::atomic<bool>& stop, thread_log& log) {
        constexpr std::uint64_t times = 500;
        for (; !stop.load(std::memory_order_relaxed); log.leases += times)
            for (std::uint64_t i = 0; i != times; ++i)
                pool.lend([] {});
    });
    result.waits = lend_each(pool, {what.workload, what.threads, what.slots, what.time / 4}, [] {}).waits;
    return result;
}

template <class Pool>
[[nodiscard]] outcome run(Pool& pool, const job& what)
{
    using steward::lab::block, steward::lab::compute;
    if (what.workload == "hot_loop")
        return hot_loop(pool, what);
    if (what.workload == "short_hold")
        return lend_each(pool, what, [] { compute(1us); });
    if (what.workload == "crowded_computing")
        return lend_each(pool, what, [] { compute(5us); });
    return lend_each(pool, what, [] { block(100us); }); // long_hold, crowded_blocking
}

inline void print(const outcome& result)
{
    std::cout << R"({"leases": )" << result.leases << R"(, "busy_ns": )" << result.busy.count() << R"(, "max_ns": )"
              << result.waits.longest() << R"(, "waits": [)";
    bool first = true;
    for (std::size_t i = 0; i != histogram::size; ++i)
        if (result.waits[i] != 0) {
            std::cout << (first ? "" : ",") << '[' << i << ',' << result.waits[i] << ']';
            first = false;
        }
    std::cout << "]}" << std::endl;
}

/// A peer's main: says who it is, then answers each line `workload threads slots milliseconds` with one of JSON.
/// `Pool` is made from a number of slots; its `lend(f)` takes a resource, calls `f()` and gives it back.
template <class Pool>
int serve(std::string_view identity)
{
    std::cout << identity << std::endl;
    job what;
    for (long long milliseconds = 0; std::cin >> what.workload >> what.threads >> what.slots >> milliseconds;) {
        what.time = std::chrono::milliseconds{milliseconds};
        Pool pool{what.slots};
        job warm_up = what;
        warm_up.time /= 5;
        (void)run(pool, warm_up);
        print(run(pool, what));
    }
    return 0;
}

} // namespace peers
