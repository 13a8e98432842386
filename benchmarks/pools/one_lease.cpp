// SPDX-License-Identifier: BSL-1.0
// What one lease costs: one thread, nobody to wait for.

#include "baselines.hpp"
#include "managers.hpp"

#include <benchmark/benchmark.h>
#include <soci/soci.h>

#include <atomic>
#include <memory>

namespace {

using namespace benchmarks;

void exchange(benchmark::State& state)
{
    std::atomic<int> word{0};
    for (auto _ : state)
        benchmark::DoNotOptimize(word.exchange(1));
}
BENCHMARK(exchange);

template <class Manager>
void lease(benchmark::State& state)
{
    const auto manager = std::make_unique<Manager>();
    for (auto _ : state) {
        auto held = manager->template acquire<"db">();
        benchmark::DoNotOptimize(++held->uses);
    }
}

template <class Manager>
void owner(benchmark::State& state)
{
    const auto manager = std::make_unique<Manager>();
    for (auto _ : state) {
        auto holder = manager->owner("load", 42);
        benchmark::DoNotOptimize(++holder.template acquire<"db">().uses);
    }
}

void mutex_and_condition(benchmark::State& state)
{
    mutex_pool<session> pool{8};
    for (auto _ : state) {
        session* const held = pool.acquire();
        benchmark::DoNotOptimize(++held->uses);
        pool.release(held);
    }
}
BENCHMARK(mutex_and_condition);

void soci_pool(benchmark::State& state)
{
    soci::connection_pool pool{8};
    for (auto _ : state) {
        const std::size_t held = pool.lease();
        benchmark::DoNotOptimize(&pool.at(held));
        pool.give_back(held);
    }
}
BENCHMARK(soci_pool);

void new_and_delete(benchmark::State& state)
{
    for (auto _ : state) {
        auto held = std::make_unique<session>();
        benchmark::DoNotOptimize(++held->uses);
    }
}
BENCHMARK(new_and_delete);

using namespace steward::literals;

BENCHMARK(lease<usual<8>>)->Name("lease/usual");
BENCHMARK(owner<usual<8>>)->Name("owner/usual");
BENCHMARK(lease<biased>)->Name("lease/biased");
BENCHMARK(lease<unsynchronised>)->Name("lease/unsynchronised");
BENCHMARK(owner<biased>)->Name("owner/biased");
BENCHMARK(lease<usual<1>>)->Name("lease/capacity_1");
BENCHMARK(lease<usual<1024>>)->Name("lease/capacity_1024");

// Each policy over the standard ones (lock_free, bounded<0, 8>, the rest none).
BENCHMARK(lease<pool_of<>>)->Name("lease/standard");
BENCHMARK(lease<pool_of<locking::none>>)->Name("lease/locking::none");
BENCHMARK(lease<pool_of<locking::mutex>>)->Name("lease/locking::mutex");
BENCHMARK(lease<pool_of<locking::spin>>)->Name("lease/locking::spin");
BENCHMARK(lease<pool_of<locking::biased>>)->Name("lease/locking::biased");
BENCHMARK(lease<pool_of<waiting::first_come>>)->Name("lease/waiting::first_come");
BENCHMARK(lease<pool_of<pooling::arena<8>>>)->Name("lease/pooling::arena");
BENCHMARK(lease<pool_of<pooling::shared>>)->Name("lease/pooling::shared");
BENCHMARK(lease<pool_of<pooling::transient>>)->Name("lease/pooling::transient");
BENCHMARK(lease<pool_of<health::on_borrow<>>>)->Name("lease/health::on_borrow");
BENCHMARK(lease<pool_of<health::on_borrow<500_ms>>>)->Name("lease/health::on_borrow<500_ms>");
BENCHMARK(lease<pool_of<health::on_return>>)->Name("lease/health::on_return");
BENCHMARK(lease<pool_of<metrics::counters>>)->Name("lease/metrics::counters");
BENCHMARK(lease<pool_of<metrics::peak>>)->Name("lease/metrics::peak");
BENCHMARK(lease<pool_of<metrics::sampled<64>>>)->Name("lease/metrics::sampled<64>");
BENCHMARK(lease<pool_of<metrics::all<metrics::sampled<64>, metrics::histogram>>>)
    ->Name("lease/metrics::all<sampled<64>, histogram>");
BENCHMARK(lease<pool_of<metrics::histogram>>)->Name("lease/metrics::histogram");
BENCHMARK(lease<pool_of<health::circuit_breaker<>>>)->Name("lease/health::circuit_breaker");
BENCHMARK(lease<pool_of<ownership::traced<>>>)->Name("lease/ownership::traced");
BENCHMARK(lease<pool_of<metrics::timed>>)->Name("lease/metrics::timed");
BENCHMARK(owner<pool_of<>>)->Name("owner/standard");
BENCHMARK(owner<pool_of<ownership::tracked>>)->Name("owner/ownership::tracked");

} // namespace
