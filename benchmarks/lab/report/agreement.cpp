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

using rates = std::vector<double>;

/// What both runs measured of a subject.
struct measured {
    std::string_view subject;
    const rates *first, *second;
};

std::vector<measured> in_both(const results& first, const results& second, const configuration& where)
{
    std::map<std::string_view, const rates*> others;
    for (const result& one : second.all)
        if (one.configuration == where)
            others.emplace(one.subject, &one.samples.at("leases_per_s"));
    std::vector<measured> all;
    for (const result& one : first.all)
        if (const auto other = others.find(one.subject); one.configuration == where && other != others.end())
            all.push_back({one.subject, &one.samples.at("leases_per_s"), other->second});
    return all;
}

/// How many times as fast the one is as the other, and whether the repetitions say so.
struct order {
    order(const rates& one, const rates& other)
        : ratio{median(one) / median(other)}, is_told{mann_whitney(one, other).p < 0.05}
    {
    }
    double ratio;
    bool is_told;
};

class counting {
public:
    void look_at(const measured& one, const measured& other)
    {
        const order before{*one.first, *other.first}, after{*one.second, *other.second};
        if (std::abs(std::log(before.ratio) + std::log(after.ratio)) / 2 <= std::log(1.1))
            return;
        ++differ;
        if (!before.is_told || !after.is_told)
            return;
        ++told_apart;
        if ((before.ratio < 1) == (after.ratio < 1))
            return;
        ++otherwise;
        fmt::format_to(std::back_inserter(which), "    {} : {}: {:.2f}, then {:.2f}\n", one.subject, other.subject,
                       before.ratio, after.ratio);
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
