// SPDX-License-Identifier: BSL-1.0
#include "yardstick.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <atomic>
#include <chrono>

namespace steward::lab {

double exchange_ns()
{
    constexpr int tries = 5, times = 10'000;
    alignas(64) std::atomic<int> word{0};
    double best = 1e9;
    for (int i = 0; i != tries; ++i) {
        const auto begin = std::chrono::steady_clock::now();
        for (int n = 0; n != times; ++n)
            benchmark::DoNotOptimize(word.exchange(1));
        const std::chrono::duration<double, std::nano> span = std::chrono::steady_clock::now() - begin;
        best = std::min(best, span.count() / times);
    }
    return best;
}

} // namespace steward::lab
