// SPDX-License-Identifier: BSL-1.0
#include "comparison.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace lab {

namespace {

using key = std::pair<std::string, configuration>;

std::map<key, const result*> by_key(const results& from)
{
    std::map<key, const result*> found;
    for (const result& one : from.all)
        found.emplace(key{one.subject, one.configuration}, &one);
    return found;
}

std::string said(const result& one)
{
    return fmt::format("{}: {}, {} on {}", one.subject, one.configuration.workload, one.configuration.threads,
                       one.configuration.slots);
}

change change_of(const result& one, const lab::measure& measured, const std::vector<double>& a,
                 const std::vector<double>& b)
{
    change found{.subject = one.subject, .configuration = one.configuration, .measure = measured};
    found.before = median(a);
    found.after = median(b);
    found.repetitions_before = a.size();
    found.repetitions_after = b.size();
    found.ratio = found.before == found.after ? 1 : found.after / found.before;
    found.within = ratio_interval(a, b);
    found.p = mann_whitney(a, b).p;
    return found;
}

// Each measure is a family of its own: those who look at throughput have not looked at allocations.
void judge(std::vector<change>& changes)
{
    std::map<std::string_view, std::vector<change*>> families;
    for (change& one : changes)
        families[one.measure.key].push_back(&one);
    for (const auto& [measure, family] : families) {
        std::vector<double> p;
        for (const change* one : family)
            p.push_back(one->p);
        const std::vector<bool> remarkable = discoveries(p, 0.05);
        for (std::size_t i = 0; i != family.size(); ++i) {
            change& one = *family[i];
            if (one.within.low <= 1 && 1 <= one.within.high)
                continue;
            if (remarkable[i])
                one.seen = change::verdict::changed;
            else if (one.p < 0.05)
                one.seen = change::verdict::perhaps;
        }
    }
}

} // namespace

comparison compare(const results& before, const results& after)
{
    comparison found;
    const auto first = by_key(before);
    const auto second = by_key(after);
    for (const result& one : before.all) {
        const auto other = second.find(key{one.subject, one.configuration});
        if (other == second.end()) {
            found.only_before.push_back(said(one));
            continue;
        }
        for (const lab::measure& measured : measures()) {
            const auto a = samples_of(one, measured.key);
            const auto b = samples_of(*other->second, measured.key);
            if (!a.empty() && !b.empty())
                found.changes.push_back(change_of(one, measured, a, b));
        }
    }
    for (const result& one : after.all)
        if (!first.contains(key{one.subject, one.configuration}))
            found.only_after.push_back(said(one));
    judge(found.changes);
    return found;
}

} // namespace lab
