// SPDX-License-Identifier: BSL-1.0
// Runs every benchmark interleaved, prints one table of ratios, and fails if one is out of its bound.

#include "report.hpp"

#include <fmt/format.h>

#include <fstream>
#include <string>
#include <string_view>
#include <vector>

namespace {

using benchmarks::bound;

const std::vector<bound> bounds{
    {"a lease (lock_free, counters, tracked) : one atomic exchange", "lease/usual", "exchange", "time_ns",
     bound::kind::at_most, 1.45},
    {"the same through an owner : one atomic exchange", "owner/usual", "exchange", "time_ns", bound::kind::at_most,
     1.7},
    {"a lease : SOCI's connection_pool", "lease/usual", "soci_pool", "time_ns", bound::kind::at_most, 0.3},
    {"capacity 1,024 : capacity 1", "lease/capacity_1024", "lease/capacity_1", "time_ns", bound::kind::at_most, 1.3},
    {"two threads together : one", "lease_together/threads:2", "lease_together/threads:1", "leases",
     bound::kind::at_least, 1.8},
    {"blocking 100 us, leases : SOCI's", "waiting/blocking/steward", "waiting/blocking/soci", "leases",
     bound::kind::at_least, 0.98},
    {"blocking 100 us, p99 of waiting : SOCI's", "waiting/blocking/steward", "waiting/blocking/soci", "p99_us",
     bound::kind::at_most, 0.1},
    {"blocking 100 us, longest wait : SOCI's", "waiting/blocking/steward", "waiting/blocking/soci", "max_us",
     bound::kind::at_most, 0.1},
    {"computing 5 us, leases : SOCI's", "waiting/computing/steward", "waiting/computing/soci", "leases",
     bound::kind::at_least, 0.97},
    {"computing 5 us, longest wait : SOCI's", "waiting/computing/steward", "waiting/computing/soci", "max_us",
     bound::kind::at_most, 0.8},
};

struct arguments {
    std::string json;
    bool all = true; ///< no filter was given
    std::vector<std::string> for_benchmark{"steward.benchmarks.pools", "--benchmark_repetitions=11",
                                           "--benchmark_enable_random_interleaving=true", "--benchmark_min_time=0.05"};
};

arguments parse(int argc, char** argv)
{
    arguments result;
    for (int i = 1; i < argc; ++i) {
        const std::string_view argument{argv[i]};
        if (argument == "--json" && i + 1 < argc)
            result.json = argv[++i];
        else
            result.for_benchmark.emplace_back(argument);
        result.all = result.all && !argument.starts_with("--benchmark_filter");
    }
    return result;
}

} // namespace

int main(int argc, char** argv)
{
    arguments given = parse(argc, argv);
    std::vector<char*> pointers;
    for (std::string& argument : given.for_benchmark)
        pointers.push_back(argument.data());
    int count = static_cast<int>(pointers.size());
    benchmark::Initialize(&count, pointers.data());
    if (benchmark::ReportUnrecognizedArguments(count, pointers.data()))
        return 2;

    benchmarks::collector results;
    benchmark::RunSpecifiedBenchmarks(&results);
    if (!given.json.empty()) {
        std::ofstream file{given.json};
        file << results.json();
        if (!file.flush()) {
            fmt::print(stderr, "cannot write {}\n", given.json);
            return 2;
        }
    }
    return benchmarks::print_table(results, bounds, given.all) ? 0 : 1;
}
