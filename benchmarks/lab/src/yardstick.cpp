// SPDX-License-Identifier: BSL-1.0
#include "yardstick.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <atomic>
#include <chrono>

namespace steward::inline v0::lab {

void exchange(std::uint64_t times)
{
    alignas(64) std::atomic<int> word{0};
    for (std::uint64_t i = 0; i != times; ++i)
        benchmark::DoNotOptimize(word.exchange(1));
}

double exchange_ns()
{
    constexpr int tries = 5, times = 10'000;
    double best = 1e9;
    for (int i = 0; i != tries; ++i) {
        const auto begin = std::chrono::steady_clock::now();
        exchange(times);
        const std::chrono::duration<double, std::nano> span = std::chrono::steady_clock::now() - begin;
        best = std::min(best, span.count() / times);
    }
    return best;
}

} // namespace steward::inline v0::lab
