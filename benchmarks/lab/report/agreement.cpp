// SPDX-License-Identifier: BSL-1.0
#include "agreement.hpp"

#include "statistics.hpp"

#include <fmt/format.h>

#include <cmath>
#include <iterator>
#include <map>
#include <string_view>
#include <vector>

namespace lab {

namespace {

/// What a run measured of a subject.
struct rates {
    explicit rates(const result& one) : all{one.samples.at("leases_per_s")}, middle{median(all)} {}

    const std::vector<double>& all;
    double middle;
};

struct measured {
    std::string_view subject;
    rates first, second; ///< in each run
};

std::vector<measured> in_both(const results& first, const results& second, const configuration& where)
{
    std::map<std::string_view, rates> others;
    for (const result& one : second.all)
        if (one.configuration == where)
            others.emplace(one.subject, one);
    std::vector<measured> all;
    for (const result& one : first.all)
        if (const auto other = others.find(one.subject); one.configuration == where && other != others.end())
            all.push_back({one.subject, rates{one}, other->second});
    return all;
}

class counting {
public:
    void look_at(const measured& one, const measured& other)
    {
        const double before = one.first.middle / other.first.middle, after = one.second.middle / other.second.middle;
        if (std::abs(std::log(before) + std::log(after)) / 2 <= std::log(1.1))
            return;
        ++differ;
        if (!lab::told_apart(one.first.all, other.first.all) || !lab::told_apart(one.second.all, other.second.all))
            return;
        ++told_apart;
        if ((before < 1) == (after < 1))
            return;
        ++otherwise;
        fmt::format_to(std::back_inserter(which), "    {} : {}: {:.2f}, then {:.2f}\n", one.subject, other.subject,
                       before, after);
    }

    int differ = 0, told_apart = 0, otherwise = 0;
    std::string which;
};

} // namespace

agreement agreement_of(const results& first, const results& second)
{
    agreement found;
    const auto out = std::back_inserter(found.text);
    for (const configuration& where : first.configurations()) {
        const std::vector<measured> all = in_both(first, second, where);
        counting pairs;
        for (auto one = all.begin(); one != all.end(); ++one)
            for (auto other = one + 1; other != all.end(); ++other)
                pairs.look_at(*one, *other);
        if (all.empty())
            continue;
        fmt::format_to(out, "{:<32} {:>6} pairs differ, {:>6} are told apart, {:>3} ranked otherwise\n{}",
                       fmt::format("{}, {} on {}", where.workload, where.threads, where.slots), pairs.differ,
                       pairs.told_apart, pairs.otherwise, pairs.which);
        found.differ += pairs.differ;
        found.told_apart += pairs.told_apart;
        found.otherwise += pairs.otherwise;
    }
    fmt::format_to(out, "Of {} pairs that are more than 10 % apart both runs tell {}, and rank {} otherwise.\n",
                   found.differ, found.told_apart, found.otherwise);
    return found;
}

} // namespace lab
