// SPDX-License-Identifier: BSL-1.0
// What threads get done together that use the same pool and hold nothing for long: with a slot for each, with fewer
// slots than threads, and with threads that come and go.

#include "baselines.hpp"
#include "managers.hpp"

#include <benchmark/benchmark.h>

#include <thread>
#include <vector>

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

template <class Locking>
using two_slots = pool_of<pooling::bounded<0, 2>, Locking, metrics::counters, ownership::tracked>;

// More threads than slots.
template <class Locking>
void lease_crowded(benchmark::State& state)
{
    static two_slots<Locking> manager; // one for all threads
    for (auto _ : state) {
        auto held = manager.template acquire<"db">();
        benchmark::DoNotOptimize(++held->uses);
    }
    state.counters["leases"] = benchmark::Counter(static_cast<double>(state.iterations()), benchmark::Counter::kIsRate);
}
BENCHMARK(lease_crowded<locking::lock_free>)->Name("lease_crowded_together/lock_free")->Threads(4)->UseRealTime();
BENCHMARK(lease_crowded<locking::biased>)->Name("lease_crowded_together/biased")->Threads(4)->UseRealTime();

// Threads that live for twenty thousand leases, two at a time.
template <class Locking>
void lease_by_newcomers(benchmark::State& state)
{
    constexpr int leases = 20'000;
    two_slots<Locking> manager;
    for (auto _ : state) {
        std::vector<std::jthread> pair;
        for (int i = 0; i != 2; ++i)
            pair.emplace_back([&manager] {
                for (int n = 0; n != leases; ++n) {
                    auto held = manager.template acquire<"db">();
                    benchmark::DoNotOptimize(++held->uses);
                }
            });
    }
    state.counters["leases"] =
        benchmark::Counter(static_cast<double>(state.iterations()) * 2 * leases, benchmark::Counter::kIsRate);
}
BENCHMARK(lease_by_newcomers<locking::lock_free>)->Name("lease_by_newcomers_together/lock_free")->UseRealTime();
BENCHMARK(lease_by_newcomers<locking::biased>)->Name("lease_by_newcomers_together/biased")->UseRealTime();

} // namespace
