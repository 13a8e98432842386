// SPDX-License-Identifier: BSL-1.0
#include "cases.hpp"

#include "workloads.hpp"

namespace steward::inline v0::lab {

using namespace std::chrono_literals;

const std::vector<workload>& all_workloads()
{
    static const std::vector<workload> all{
        {.name = "hot_loop",
         .measure = hot_loop,
         .crowds = {{1, 1}, {2, 2}},
         .time = 50ms,
         .quick_time = 4ms,
         .quick_repetitions = 12},
        {.name = "short_hold",
         .measure = short_hold,
         .crowds = {{1, 1}, {2, 2}},
         .time = 50ms,
         .quick_time = 3ms,
         .quick_repetitions = 12},
        {.name = "long_hold",
         .measure = long_hold,
         .crowds = {{1, 1}, {2, 2}},
         .time = 100ms,
         .quick_time = 20ms,
         .is_about_waiting = true},
        {.name = "bursts",
         .measure = bursts,
         .crowds = {{8, 2}},
         .time = 200ms,
         .quick_time = 40ms,
         .is_about_waiting = true},
        {.name = "crowded_computing",
         .measure = crowded_computing,
         .crowds = {{8, 2}, {16, 4}},
         .time = 250ms,
         .quick_time = 60ms,
         .is_about_waiting = true},
        {.name = "crowded_blocking",
         .measure = long_hold,
         .crowds = {{8, 2}, {16, 4}},
         .time = 250ms,
         .quick_time = 60ms,
         .is_about_waiting = true},
        {.name = "slow_create",
         .measure = slow_create,
         .crowds = {{2, 2}, {4, 2}},
         .time = 150ms,
         .quick_time = 30ms,
         .is_about_waiting = true,
         .changes_resources = true,
         .create_time = 1ms},
        {.name = "flapping",
         .measure = flapping,
         .crowds = {{2, 2}},
         .time = 50ms,
         .quick_time = 3ms,
         .quick_repetitions = 12,
         .changes_resources = true},
        {.name = "several",
         .measure = several,
         .crowds = {{1, 1}, {2, 2}},
         .time = 50ms,
         .quick_time = 4ms,
         .quick_repetitions = 12},
        {.name = "own",
         .measure = own,
         .crowds = {{1, 1}, {2, 2}, {8, 2}, {16, 4}},
         .time = 200ms,
         .quick_time = 60ms,
         .is_own = true},
    };
    return all;
}

bool suits(const lab_case& each, bool quick)
{
    const description& subject = *each.subject;
    const workload& what = *each.what;
    if (what.is_own == subject.own_workload.empty())
        return false;
    if (each.who.threads > 1 && !subject.is_for_threads)
        return false;
    if (each.who.threads > each.who.slots && !subject.has_slots)
        return false; // nobody would wait: not to be compared with those who do
    if (what.changes_resources && subject.policies[1] == "shared")
        return false;
    return !(quick && what.is_about_waiting && !subject.is_plain);
}

} // namespace steward::inline v0::lab
