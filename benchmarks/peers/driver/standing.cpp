// SPDX-License-Identifier: BSL-1.0
#include "table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <optional>

namespace peers {

namespace {

/// Medians of what this one has by what that one has, of the same rounds.
double ratio(const samples& mine, const samples& others, const char* what)
{
    const std::vector<double>&a = mine.at(what), &b = others.at(what);
    std::vector<double> all;
    for (std::size_t i = 0; i != std::min(a.size(), b.size()); ++i)
        all.push_back(a[i] / std::max(b[i], 1.0));
    return median(all);
}

class comparison {
public:
    comparison(const results& all, std::size_t steward) : all_{all}, steward_{steward} {}

    /// Against the peer with the most, or the least, of what is looked at.
    [[nodiscard]] std::string against_best(std::size_t n, const char* what, bool most) const
    {
        std::optional<std::size_t> best;
        double of_best = 0;
        for (std::size_t i = 0; i != all_.subjects.size(); ++i) {
            if (!all_.subjects[i].is_there || all_.subjects[i].is_steward())
                continue;
            const double value = median(all_.of[i][n].at(what));
            if (!best || (most ? value > of_best : value < of_best)) {
                best = i;
                of_best = value;
            }
        }
        if (!best)
            return "";
        return fmt::format("{:.3g} {}", ratio(all_.of[steward_][n], all_.of[*best][n], what),
                           all_.subjects[*best].id());
    }

private:
    const results& all_;
    std::size_t steward_;
};

} // namespace

std::string standing_of(const results& all)
{
    const auto steward =
        std::ranges::find_if(all.subjects, [](const subject& each) { return each.is_there && each.is_steward(); });
    if (steward == all.subjects.end())
        return "";
    const comparison by{all, static_cast<std::size_t>(steward - all.subjects.begin())};
    std::string out = fmt::format("{} : the best peer in it\n{:<27} {:>28} {:>28} {:>28} {:>28}\n", steward->id(), "",
                                  "leases", "longest wait", "p99", "p99.9");
    for (std::size_t n = 0; n != all.cases.size(); ++n)
        fmt::format_to(std::back_inserter(out), "{:<27} {:>28} {:>28} {:>28} {:>28}\n",
                       fmt::format("{}, {} on {}", all.cases[n].workload, all.cases[n].threads, all.cases[n].slots),
                       by.against_best(n, "leases_per_s", true), by.against_best(n, "max_ns", false),
                       by.against_best(n, "p99_ns", false), by.against_best(n, "p999_ns", false));
    return out;
}

} // namespace peers
