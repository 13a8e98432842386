// SPDX-License-Identifier: BSL-1.0
#include "runner.hpp"

#include "measure.hpp"
#include "registry.hpp"

#include <benchmark/benchmark.h>
#include <fmt/format.h>

#include <array>
#include <chrono>
#include <map>
#include <stdexcept>
#include <string>
#include <utility>

#include <unistd.h>

namespace steward::inline v0::lab {

namespace {

class progress {
public:
    explicit progress(std::size_t runs) : runs_{runs} {}
    ~progress()
    {
        if (shown_)
            fmt::print(stderr, "\r\033[K");
    }
    progress(const progress&) = delete;
    progress& operator=(const progress&) = delete;

    [[nodiscard]] std::chrono::steady_clock::duration spent() const
    {
        return std::chrono::steady_clock::now() - began_;
    }

    void next()
    {
        ++done_;
        const auto now = std::chrono::steady_clock::now();
        if (!shown_ || now - last_ < std::chrono::milliseconds{200})
            return;
        last_ = now;
        const std::chrono::duration<double> spent = now - began_;
        fmt::print(stderr, "\r\033[K{} of {} runs, {:.0f} s to go", done_, runs_,
                   spent.count() / static_cast<double>(done_) * static_cast<double>(runs_ - done_));
        std::fflush(stderr);
    }

private:
    std::size_t runs_, done_ = 0;
    bool shown_ = isatty(STDERR_FILENO) != 0;
    std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now(), last_ = began_;
};

std::string name_of(const lab_case& each)
{
    return fmt::format("{}/{}_on_{}/{}", each.workload_name(), each.who.threads, each.who.slots, id_of(*each.subject));
}

/// Measures once into the counters; false if nothing was measured.
bool measured(const lab_case& each, bool quick, benchmark::UserCounters& counters)
{
    const auto found = measure_once(each, quick);
    for (const auto& [what, value] : found)
        counters[what] = value;
    return !found.empty();
}

/// Google Benchmark's reporter, of which only what it collects is wanted.
class collector : public benchmark::BenchmarkReporter {
public:
    bool ReportContext(const Context&) override { return true; }
    void ReportRuns(const std::vector<Run>& runs) override
    {
        for (const Run& each : runs)
            if (each.run_type == Run::RT_Iteration)
                for (const auto& [what, value] : each.counters)
                    samples[each.run_name.function_name][what].push_back(value.value);
    }

    std::map<std::string, std::map<std::string, std::vector<double>>> samples;
};

} // namespace

std::vector<result> run_all(const std::vector<lab_case>& cases, const options& given)
{
    std::size_t runs = 0;
    for (const lab_case& each : cases)
        runs += static_cast<std::size_t>(given.repetitions_of(each));
    progress how_far{runs};
    // Where another program has the processors. The rest are left out: they are mixed, so all cases lose about as many.
    constexpr std::chrono::seconds quick_enough{165};
    std::size_t left_out = 0;
    for (const lab_case& each : cases)
        benchmark::RegisterBenchmark(name_of(each).c_str(),
                                     [&](benchmark::State& state) {
                                         for (auto _ : state) {
                                             state.SetIterationTime(1e-3); // its times are in the counters
                                             const bool is_late = given.quick && how_far.spent() > quick_enough;
                                             if (is_late || !measured(each, given.quick, state.counters))
                                                 ++left_out;
                                         }
                                         how_far.next();
                                     })
            ->Iterations(1)
            ->Repetitions(given.repetitions_of(each))
            ->UseManualTime();

    std::array<std::string, 2> arguments{"steward-lab", "--benchmark_enable_random_interleaving=true"};
    std::array<char*, 2> pointers{arguments[0].data(), arguments[1].data()};
    int count = static_cast<int>(pointers.size());
    benchmark::Initialize(&count, pointers.data());
    collector collected;
    benchmark::RunSpecifiedBenchmarks(&collected);
    benchmark::ClearRegisteredBenchmarks();
    if (left_out != 0)
        fmt::print(stderr, "{} of {} repetitions were left out: the machine is too busy for a quick run\n", left_out,
                   runs);

    std::vector<result> results;
    for (const lab_case& each : cases)
        if (const auto found = collected.samples.find(name_of(each)); found != collected.samples.end())
            results.push_back({each, std::move(found->second)});
    return results;
}

} // namespace steward::inline v0::lab
