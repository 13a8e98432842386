// SPDX-License-Identifier: BSL-1.0
#include "measures.hpp"

#include <array>
#include <utility>

namespace lab {

std::span<const measure> measures()
{
    static constexpr std::array<measure, 7> all{{
        {"leases_per_s", "leases/s", true, "per_s"},
        {"p50_ns", "p50", false, "ns"},
        {"p99_ns", "p99", false, "ns"},
        {"p999_ns", "p99.9", false, "ns"},
        {"max_ns", "longest", false, "ns"},
        {"exchanges_per_lease", "× exchange", false, ""},
        {"allocations_per_lease", "allocations", false, ""},
    }};
    return all;
}

std::vector<double> ns_per_lease(const result& one)
{
    std::vector<double> times;
    for (const double rate : one.samples.at("leases_per_s"))
        times.push_back(1e9 / rate);
    return times;
}

std::vector<double> samples_of(const result& one, std::string_view key)
{
    if (key != "exchanges_per_lease") {
        const auto found = one.samples.find(std::string{key});
        return found == one.samples.end() ? std::vector<double>{} : found->second;
    }
    const auto exchange = one.samples.find("exchange_ns");
    if (exchange == one.samples.end())
        return {};
    std::vector<double> ratios = ns_per_lease(one);
    for (std::size_t i = 0; i != ratios.size(); ++i)
        ratios[i] /= exchange->second[i];
    return ratios;
}

bool holders_block(std::string_view workload) { return workload == "long_hold" || workload == "crowded_blocking"; }

std::string_view meaning_of(std::string_view workload)
{
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 9> all{{
        {"hot_loop", "acquire and release, nothing else"},
        {"short_hold", "each holder computes for 1 µs"},
        {"long_hold", "each holder blocks for 100 µs"},
        {"bursts", "all threads ask at once, pause, and ask again"},
        {"crowded_computing", "more threads than slots; each holder computes for 5 µs"},
        {"crowded_blocking", "more threads than slots; each holder blocks for 100 µs"},
        {"slow_create", "creating takes 1 ms, and resources are destroyed again and again"},
        {"flapping", "every tenth resource is broken when it comes back"},
        {"several", "an owner takes three resources at once"},
    }};
    for (const auto& [name, meaning] : all)
        if (name == workload)
            return meaning;
    return {};
}

} // namespace lab
