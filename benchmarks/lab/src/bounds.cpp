// SPDX-License-Identifier: BSL-1.0
#include "bounds.hpp"

#include "registry.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace steward::lab {

namespace {

constexpr std::string_view standard = "lock_free,bounded,none,none,none,overtaking";
constexpr std::string_view usual = "lock_free,bounded,none,counters,tracked,overtaking";
constexpr std::string_view mutex = "mutex,bounded,none,none,none,overtaking";

const result* find(const std::vector<result>& results, const bound& wanted, std::string_view subject)
{
    const auto found = std::ranges::find_if(results, [&](const result& each) {
        return each.of.workload_name() == wanted.workload && each.of.who.threads == wanted.threads
               && id_of(*each.of.subject) == subject;
    });
    return found == results.end() ? nullptr : &*found;
}

double best_ns(const result& each)
{
    return static_cast<double>(each.of.who.threads) * 1e9 / std::ranges::max(each.samples.at("leases_per_s"));
}

} // namespace

std::span<const bound> all_bounds()
{
    static constexpr bound all[]{
        {"hot_loop", 1, standard, "", 2},
        {"hot_loop", 1, usual, "", 2.5},
        {"hot_loop", 1, "none,bounded,none,none,none,overtaking", "", 1.2},
        {"hot_loop", 1, "lock_free,bounded,on_borrow<500_ms>,none,none,overtaking", standard, 2},
        {"hot_loop", 1, "lock_free,bounded,none,sampled<64>,none,overtaking", standard, 3},
        {"hot_loop", 1, standard, mutex, 0.5},
        {"hot_loop", 2, standard, mutex, 0.5},
        {"crowded_blocking", 8, standard, mutex, 1.5},
    };
    return all;
}

verdict check(std::span<const bound> bounds, const std::vector<result>& results)
{
    verdict found;
    for (const bound& each : bounds) {
        const auto line = std::back_inserter(found.text);
        fmt::format_to(line, "{}, {} threads, a lease of {} : {}", each.workload, each.threads, each.subject,
                       each.other.empty() ? "an atomic exchange" : each.other);
        const result* const mine = find(results, each, each.subject);
        const result* const others = each.other.empty() ? mine : find(results, each, each.other);
        if (mine == nullptr || others == nullptr) {
            found.text += ": not measured  MISSED\n";
            found.holds = false;
            continue;
        }
        const double unit = each.other.empty() ? std::ranges::min(mine->samples.at("exchange_ns")) : best_ns(*others);
        const double ratio = best_ns(*mine) / unit;
        fmt::format_to(line, ": {:.2f}, allowed {:.2f}{}\n", ratio, each.limit, ratio <= each.limit ? "" : "  MISSED");
        found.holds = found.holds && ratio <= each.limit;
    }
    return found;
}

} // namespace steward::lab
