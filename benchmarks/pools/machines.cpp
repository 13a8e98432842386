// SPDX-License-Identifier: BSL-1.0
// What a machine costs beside the work of its states: a state with two pooled resources, and many inputs.

#include "managers.hpp"

#include <steward/fsm.hpp>

#include <benchmark/benchmark.h>

#include <memory>
#include <ranges>

namespace {

using namespace benchmarks;
using namespace steward::literals;

template <steward::fixed_string Name>
using counted = steward::resource<Name, sessions, pooling::bounded<0, 8>, metrics::counters, ownership::tracked>;
using two_pools = steward::manager<counted<"one">, counted<"two">>;

struct use_both {
    using needs = steward::needs<"one", "two">;
    void operator()(int& data, auto& resources) const { data += ++resources["one"_r].uses + ++resources["two"_r].uses; }
};
struct one_state {
    using states = steward::states<use_both>;
    using arcs = steward::arcs<>;
};

void a_state(benchmark::State& state)
{
    const auto resources = std::make_unique<two_pools>();
    for (auto _ : state)
        benchmark::DoNotOptimize(steward::run<one_state>(*resources, 0, steward::no_history));
}
BENCHMARK(a_state)->Name("machine/a_state_with_two_pools");

void by_hand(benchmark::State& state)
{
    const auto resources = std::make_unique<two_pools>();
    std::uint64_t execution = 0;
    for (auto _ : state) {
        auto owner = resources->owner("use_both", ++execution);
        auto& one = owner.acquire<"one">();
        auto& two = owner.acquire<"two">();
        benchmark::DoNotOptimize(++one.uses + ++two.uses);
    }
}
BENCHMARK(by_hand)->Name("machine/two_pools_by_hand");

// A small input: some work that no compiler sees through, with a resource that all share and one of a pool.
struct input {
    unsigned number = 0;
};
struct digest {
    using needs = steward::needs<"one">;
    void operator()(input& data, auto& resources) const
    {
        for (int i = 0; i != 100; ++i)
            data.number = data.number * 1'664'525U + 1'013'904'223U;
        benchmark::DoNotOptimize(data.number);
        ++resources["one"_r].uses;
    }
};
struct finished {};
struct digesting {
    using states = steward::states<digest, finished>;
    using arcs = steward::arcs<steward::arc<digest, finished>>;
};

void many_inputs(benchmark::State& state)
{
    constexpr unsigned count = 1'000'000;
    const auto resources = std::make_unique<steward::manager<counted<"one">>>();
    for (auto _ : state) {
        const auto summary = steward::run_all<digesting>(
            *resources, std::views::iota(0U, count) | std::views::transform([](unsigned n) { return input{n}; }),
            {.workers = static_cast<std::size_t>(state.range(0))});
        if (summary.completed != count)
            state.SkipWithError("not all inputs were run");
    }
    state.counters["inputs"] =
        benchmark::Counter(static_cast<double>(state.iterations()) * count, benchmark::Counter::kIsRate);
}
BENCHMARK(many_inputs)->Name("run_all_together/1_worker")->Arg(1)->UseRealTime()->Iterations(1);
BENCHMARK(many_inputs)->Name("run_all_together/2_workers")->Arg(2)->UseRealTime()->Iterations(1);

} // namespace
