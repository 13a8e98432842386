// SPDX-License-Identifier: BSL-1.0
#include "bounds.hpp"

#include "registry.hpp"
#include "yardstick.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <iterator>
#include <limits>
#include <memory>

namespace steward::inline v0::lab {

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

/// How long a turn of leases, or of exchanges if there is no subject, takes.
double turn_ns(subject* on)
{
    constexpr std::uint64_t times = 2'000;
    const auto begin = std::chrono::steady_clock::now();
    if (on != nullptr)
        on->repeat(times);
    else
        exchange(times);
    return std::chrono::duration<double, std::nano>{std::chrono::steady_clock::now() - begin}.count();
}

/// A processor that shares its core with somebody else's work takes 1.75 times as long for a lease, and 1.2 times for an
/// exchange; where it does changes within milliseconds. So both take short turns, and the best of each count.
double ratio_of_turns(const result& mine, const result* other)
{
    const auto make = [](const result& each) { return each.of.subject->make({each.of.who.slots}); };
    const std::unique_ptr<subject> one = make(mine), against = other == nullptr ? nullptr : make(*other);
    double best = std::numeric_limits<double>::max(), best_against = best;
    for (int i = 0; i != 3'000; ++i) {
        best = std::min(best, turn_ns(one.get()));
        best_against = std::min(best_against, turn_ns(against.get()));
    }
    return best / best_against;
}

/// To a lease of the other, or to an exchange if there is none.
double ratio(const result& mine, const result* other)
{
    if (mine.of.who.threads == 1)
        return ratio_of_turns(mine, other);
    return best_ns(mine) / (other == nullptr ? std::ranges::min(mine.samples.at("exchange_ns")) : best_ns(*other));
}

} // namespace

std::span<const bound> all_bounds()
{
    static constexpr bound all[]{
        {"hot_loop", 1, standard, "", 2},
        {"hot_loop", 1, usual, "", 2},
        {"hot_loop", 1, "none,bounded,none,none,none,overtaking", "", 1.2},
        {"hot_loop", 1, "lock_free,bounded,on_borrow<500_ms>,none,none,overtaking", standard, 1.5},
        {"hot_loop", 1, "lock_free,bounded,none,sampled<64>,none,overtaking", standard, 2.5},
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
        const result* const other = each.other.empty() ? nullptr : find(results, each, each.other);
        if (mine == nullptr || (other == nullptr && !each.other.empty())) {
            found.text += ": not measured  MISSED\n";
            found.holds = false;
            continue;
        }
        const double measured = ratio(*mine, other);
        const bool holds = measured <= each.limit;
        fmt::format_to(line, ": {:.2f}, allowed {:.2f}{}\n", measured, each.limit, holds ? "" : "  MISSED");
        found.holds = found.holds && holds;
    }
    return found;
}

} // namespace steward::inline v0::lab
