// SPDX-License-Identifier: BSL-1.0
#include "table.hpp"

#include <median.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace peers {

namespace {

using steward::lab::median;

/// Medians of what this one has by what that one has, of the same rounds.
double ratio(const samples& mine, const samples& others, std::string_view what)
{
    const std::vector<double>&a = mine.at(std::string{what}), &b = others.at(std::string{what});
    std::vector<double> all;
    for (std::size_t i = 0; i != std::min(a.size(), b.size()); ++i)
        all.push_back(a[i] / std::max(b[i], 1.0));
    return median(all);
}

struct place {
    double ratio;
    std::string peer;
};

/// Whether a peer lets some wait ten times as long as steward does. Its percentiles say nothing then: those who are
/// starved are few leases, and the others never wait.
bool starves(const samples& peer, const samples& steward)
{
    return median(peer.at("max_ns")) > 10 * median(steward.at("max_ns"));
}

/// Of one case: steward against the peer with the most, or the least, of what is looked at.
std::optional<place> against_best(const results& all, std::size_t steward, std::size_t n, std::string_view what,
                                  bool most)
{
    // Where there are slots for all nobody waits, and nobody is starved.
    const bool some_may_starve = what.starts_with('p') && all.cases[n].threads > all.cases[n].slots;
    std::optional<std::size_t> best;
    double of_best = 0;
    for (std::size_t i = 0; i != all.subjects.size(); ++i) {
        if (!all.subjects[i].is_there || all.subjects[i].is_steward())
            continue;
        if (some_may_starve && starves(all.of[i][n], all.of[steward][n]))
            continue;
        const double value = median(all.of[i][n].at(std::string{what}));
        if (!best || (most ? value > of_best : value < of_best)) {
            best = i;
            of_best = value;
        }
    }
    if (!best)
        return {};
    return place{ratio(all.of[steward][n], all.of[*best][n], what), all.subjects[*best].id()};
}

} // namespace

std::string standing_of(const results& all)
{
    const auto found =
        std::ranges::find_if(all.subjects, [](const subject& each) { return each.is_there && each.is_steward(); });
    if (found == all.subjects.end())
        return "";
    const auto steward = static_cast<std::size_t>(found - all.subjects.begin());
    std::string out = fmt::format("{} : the best peer\n{:<27} {:>8} {:<28} {:>8} {:<28} {:>10} {:>10}\n", found->id(),
                                  "", "leases", ": those of", "longest", ": that of", "p99", "p99.9");
    for (std::size_t n = 0; n != all.cases.size(); ++n) {
        const auto leases = against_best(all, steward, n, "leases_per_s", true);
        const auto longest = against_best(all, steward, n, "max_ns", false);
        const auto p99 = against_best(all, steward, n, "p99_ns", false);
        const auto p999 = against_best(all, steward, n, "p999_ns", false);
        const auto text = [](const std::optional<place>& each) {
            return each ? fmt::format("{:.3g}", each->ratio) : "all starve";
        };
        if (leases && longest)
            fmt::format_to(std::back_inserter(out), "{:<27} {:>8.3g} {:<28} {:>8.3g} {:<28} {:>10} {:>10}\n",
                           title(all.cases[n]), leases->ratio, leases->peer, longest->ratio, longest->peer, text(p99),
                           text(p999));
    }
    return out;
}

} // namespace peers
