// SPDX-License-Identifier: BSL-1.0
// What two threads get done together that use the same pool and never have to wait.

#include "baselines.hpp"
#include "managers.hpp"

#include <benchmark/benchmark.h>

namespace {

using namespace benchmarks;

void lease_together(benchmark::State& state)
{
    static usual<8> manager; // one for all threads
    for (auto _ : state) {
        auto held = manager.acquire<"db">();
        benchmark::DoNotOptimize(++held->uses);
    }
    state.counters["leases"] = benchmark::Counter(static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}
BENCHMARK(lease_together)->Threads(1)->Threads(2)->UseRealTime()->MinTime(0.2);

void mutex_together(benchmark::State& state)
{
    static mutex_pool<session> pool{8};
    for (auto _ : state) {
        session* const held = pool.acquire();
        benchmark::DoNotOptimize(++held->uses);
        pool.release(held);
    }
    state.counters["leases"] = benchmark::Counter(static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}
BENCHMARK(mutex_together)->Threads(1)->Threads(2)->UseRealTime()->MinTime(0.2);

} // namespace
