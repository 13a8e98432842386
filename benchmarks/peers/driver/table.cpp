// SPDX-License-Identifier: BSL-1.0
#include "table.hpp"

#include <median.hpp>
#include <with_unit.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <iterator>

namespace peers {

namespace {

using steward::lab::median, steward::lab::with_unit;

std::vector<std::size_t> those_there(const results& all)
{
    std::vector<std::size_t> result;
    for (std::size_t i = 0; i != all.subjects.size(); ++i)
        if (all.subjects[i].is_there)
            result.push_back(i);
    return result;
}

} // namespace

std::string title(const peer_case& what)
{
    return fmt::format("{}, {} on {}", what.workload, what.threads, what.slots);
}

std::string table_of(const results& all)
{
    std::string out;
    for (std::size_t n = 0; n != all.cases.size(); ++n) {
        std::vector<std::size_t> order = those_there(all);
        const auto value = [&](std::size_t i, const char* what) { return median(all.of[i][n].at(what)); };
        const auto rate = [&](std::size_t i) { return value(i, "leases_per_s"); };
        std::ranges::sort(order, std::greater{}, rate);
        fmt::format_to(std::back_inserter(out), "{:<52} {:>11} {:>6} {:>9} {:>9} {:>9} {:>9}\n", title(all.cases[n]),
                       "leases/s", ": best", "p50", "p99", "p99.9", "max");
        for (const std::size_t i : order)
            fmt::format_to(std::back_inserter(out), "  {:<50} {:>11.4g} {:>6.3f} {:>9} {:>9} {:>9} {:>9}\n",
                           all.subjects[i].id(), rate(i), rate(i) / rate(order.front()), with_unit(value(i, "p50_ns")),
                           with_unit(value(i, "p99_ns")), with_unit(value(i, "p999_ns")),
                           with_unit(value(i, "max_ns")));
        out += '\n';
    }
    for (const subject& each : all.subjects)
        if (!each.is_there)
            fmt::format_to(std::back_inserter(out), "missing: {}: {}\n", each.id(),
                           each.identity.at("missing").get<std::string>());
    return out;
}

} // namespace peers
