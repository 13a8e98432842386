// SPDX-License-Identifier: BSL-1.0

#include "report.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace benchmarks {

void collector::ReportRuns(const std::vector<Run>& runs)
{
    for (const Run& run : runs) {
        if (run.run_type != Run::RT_Iteration)
            continue;
        std::string name = run.run_name.function_name;
        if (run.threads > 1 || !run.run_name.threads.empty())
            name += "/" + run.run_name.threads;
        auto& values = values_[name];
        values["time_ns"].push_back(run.real_accumulated_time / static_cast<double>(run.iterations) * 1e9);
        for (const auto& [counter, value] : run.counters)
            values[counter].push_back(value.value);
    }
}

double collector::median(const std::string& benchmark, const std::string& value) const
{
    const auto found = values_.find(benchmark);
    if (found == values_.end() || !found->second.contains(value))
        throw std::invalid_argument{"no benchmark '" + benchmark + "' with a value '" + value + "' was run"};
    std::vector<double> all = found->second.at(value);
    const auto middle = all.begin() + static_cast<std::ptrdiff_t>(all.size() / 2);
    std::ranges::nth_element(all, middle);
    return *middle;
}

std::vector<std::string> collector::names() const
{
    std::vector<std::string> result;
    for (const auto& [name, values] : values_)
        result.push_back(name);
    return result;
}

std::string collector::json() const
{
    std::string out = "{";
    for (const auto& [name, values] : values_) {
        out += fmt::format("{}\n  \"{}\": {{", out.size() > 1 ? "," : "", name);
        bool first = true;
        for (const auto& [value, all] : values) {
            out += fmt::format("{}\"{}\": {}", first ? "" : ", ", value, median(name, value));
            first = false;
        }
        out += "}";
    }
    return out + "\n}\n";
}

namespace {

void print_costs(const collector& results)
{
    if (!results.has("exchange"))
        return;
    const double unit = results.median("exchange");
    fmt::print("{:<44} {:>10} {:>14}\n", "one lease, one thread", "ns", "x exchange");
    for (const std::string& name : results.names())
        if (!name.starts_with("waiting/") && name.find("_together") == std::string::npos)
            fmt::print("{:<44} {:>10.2f} {:>14.2f}\n", name, results.median(name), results.median(name) / unit);
}

void print_waiting(const collector& results)
{
    fmt::print("\n{:<36} {:>10} {:>10} {:>10} {:>10}\n", "eight threads on two slots, and more", "leases", "p50 us",
               "p99 us", "max us");
    for (const std::string& name : results.names())
        if (name.starts_with("waiting/"))
            fmt::print("{:<36} {:>10.0f} {:>10.1f} {:>10.1f} {:>10.1f}\n", name, results.median(name, "leases"),
                       results.median(name, "p50_us"), results.median(name, "p99_us"), results.median(name, "max_us"));
}

} // namespace

bool bound::was_run(const collector& results) const
{
    return results.has(numerator) && results.has(denominator) && (other.empty() || results.has(other))
           && (less.empty() || results.has(less));
}

double bound::ratio(const collector& results) const
{
    double mine = results.median(numerator, value);
    if (!less.empty())
        mine -= results.median(less, value);
    double theirs = results.median(denominator, value);
    if (!other.empty()) {
        const double second = results.median(other, value);
        theirs = direction == kind::at_most ? std::min(theirs, second) : std::max(theirs, second);
    }
    return mine / theirs;
}

bool print_table(const collector& results, const std::vector<bound>& bounds, bool all_were_run)
{
    print_costs(results);
    print_waiting(results);
    fmt::print("\n{:<72} {:>8} {:>10}\n", "bound", "ratio", "allowed");
    bool all_hold = true;
    for (const bound& each : bounds) {
        if (!each.was_run(results)) {
            fmt::print("{:<72} {:>8}{}\n", each.what, "not run", all_were_run ? "  MISSED" : "");
            all_hold = all_hold && !all_were_run;
            continue;
        }
        const double ratio = each.ratio(results);
        const bool at_most = each.direction == bound::kind::at_most;
        const bool holds = at_most ? ratio <= each.limit : ratio >= each.limit;
        all_hold = all_hold && holds;
        fmt::print("{:<72} {:>8.3f} {:>3}{:>7.2f}{}\n", each.what, ratio, at_most ? "<=" : ">=", each.limit,
                   holds ? "" : "  MISSED");
    }
    return all_hold;
}

} // namespace benchmarks
