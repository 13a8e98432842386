// SPDX-License-Identifier: BSL-1.0
#include "system_costs.hpp"

#include "../cpp/serve.hpp"

#include <hold.hpp>
#include <median.hpp>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <thread>
#include <vector>

namespace peers {

namespace {

using std::chrono::steady_clock;
using steward::lab::block, steward::lab::median;

constexpr int tries = 1000;

/// In the place of a pool.
struct nothing {
    template <class F>
    void lend(F f)
    {
        f();
    }
};

[[nodiscard]] double microseconds(steady_clock::duration time)
{
    return std::chrono::duration<double, std::micro>{time}.count();
}

[[nodiscard]] double block_us()
{
    std::vector<double> all;
    for (int i = 0; i != tries; ++i) {
        const auto begin = steady_clock::now();
        block(100us);
        all.push_back(microseconds(steady_clock::now() - begin));
    }
    return median(all);
}

[[nodiscard]] double wake_us()
{
    std::vector<double> all;
    std::atomic<int> turn{0};
    steady_clock::time_point woken; // written before the turn that wakes, and read after it
    std::jthread sleeper{[&] {
        for (int i = 1; i <= tries; ++i) {
            turn.wait(i - 1);
            all.push_back(microseconds(steady_clock::now() - woken));
        }
    }};
    for (int i = 1; i <= tries; ++i) {
        block(100us); // by then he sleeps
        woken = steady_clock::now();
        turn.store(i);
        turn.notify_one();
    }
    sleeper.join();
    return median(all);
}

} // namespace

blocking_costs measure_blocking() { return {.block_us = block_us(), .wake_us = wake_us()}; }

double longest_stop_ms(std::size_t threads)
{
    nothing none;
    std::uint64_t longest = 0;
    for (int i = 0; i != 11; ++i)
        longest = std::max(longest, lend_each(none, {"", threads, 0, 62ms}, [] {}).waits.longest());
    return static_cast<double>(longest) / 1e6;
}

} // namespace peers
