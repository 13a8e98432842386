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

// A share of the better of SOCI's pool and the hand-written one.
bound against_both(const std::string& what, const std::string& row, const std::string& value, bound::kind direction,
                   double limit)
{
    return {.what = what,
            .numerator = "waiting/" + row + "/steward",
            .denominator = "waiting/" + row + "/soci",
            .value = value,
            .direction = direction,
            .limit = limit,
            .other = "waiting/" + row + "/mutex"};
}

std::vector<bound> all_bounds()
{
    constexpr auto at_most = bound::kind::at_most, at_least = bound::kind::at_least;
    std::vector<bound> all{
        {"a lease (lock_free, counters, tracked) : one atomic exchange", "lease/usual", "exchange", "time_ns", at_most,
         1.45},
        {"the same through an owner : one atomic exchange", "owner/usual", "exchange", "time_ns", at_most, 1.7},
        {"the same, biased : one atomic exchange", "lease/biased", "exchange", "time_ns", at_most, 0.4},
        {"a lease : SOCI's connection_pool", "lease/usual", "soci_pool", "time_ns", at_most, 0.3},
        {"capacity 1,024 : capacity 1", "lease/capacity_1024", "lease/capacity_1", "time_ns", at_most, 1.3},
        {"sampled histograms, more than counters : one atomic exchange", "lease/metrics::all<sampled<64>, histogram>",
         "exchange", "time_ns", at_most, 0.3, "", "lease/metrics::counters"},
        {"on_borrow within its window, more than none : one atomic exchange", "lease/health::on_borrow<500_ms>",
         "exchange", "time_ns", at_most, 1.0, "", "lease/standard"},
        {"two threads together : one", "lease_together/threads:2", "lease_together/threads:1", "leases", at_least, 1.8},
        {"biased, four threads on two slots : lock_free", "lease_crowded_together/biased/threads:4",
         "lease_crowded_together/lock_free/threads:4", "leases", at_least, 1 / 1.05},
        {"biased, threads that come and go : lock_free", "lease_by_newcomers_together/biased",
         "lease_by_newcomers_together/lock_free", "leases", at_least, 1 / 1.05},
        {"a state with two pooled resources : the same by hand", "machine/a_state_with_two_pools",
         "machine/two_pools_by_hand", "time_ns", at_most, 1.1},
        {"a million small inputs, two workers : one", "run_all_together/2_workers", "run_all_together/1_worker",
         "inputs", at_least, 1.8},
        {"blocking 100 us, leases : SOCI's", "waiting/blocking/steward", "waiting/blocking/soci", "leases", at_least,
         0.98},
        {"blocking 100 us, p99 of waiting : SOCI's", "waiting/blocking/steward", "waiting/blocking/soci", "p99_us",
         at_most, 0.1},
        {"blocking 100 us, longest wait : SOCI's", "waiting/blocking/steward", "waiting/blocking/soci", "max_us",
         at_most, 0.1},
        {"computing 5 us, leases : SOCI's", "waiting/computing/steward", "waiting/computing/soci", "leases", at_least,
         0.97},
        {"computing 5 us, longest wait : SOCI's", "waiting/computing/steward", "waiting/computing/soci", "max_us",
         at_most, 0.8},
    };
    for (const std::string crowd : {"16_on_4", "16_on_16", "16_on_64"}) {
        all.push_back(against_both(crowd + " blocking 100 us, leases : the better of both", crowd + "/blocking",
                                   "leases", at_least, 0.98));
        all.push_back(against_both(crowd + " computing 5 us, leases : the better of both", crowd + "/computing",
                                   "leases", at_least, 0.97));
    }
    all.push_back(against_both("16_on_4 blocking 100 us, p99 of waiting : the better of both", "16_on_4/blocking",
                               "p99_us", at_most, 0.2));
    all.push_back(against_both("16_on_4 blocking 100 us, longest wait : the better of both", "16_on_4/blocking",
                               "max_us", at_most, 0.2));
    all.push_back(against_both("16_on_4 computing 5 us, longest wait : the better of both", "16_on_4/computing",
                               "max_us", at_most, 0.8));
    return all;
}

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
    return benchmarks::print_table(results, all_bounds(), given.all) ? 0 : 1;
}
