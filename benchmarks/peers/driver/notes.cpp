// SPDX-License-Identifier: BSL-1.0
#include "notes.hpp"

#include "system_costs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <string>

namespace peers {

namespace {

std::string of_blocking()
{
    const blocking_costs here = measure_blocking();
    const double most = here.block_us / (here.block_us + here.wake_us);
    return fmt::format(
        "A holder who blocks for 100 µs has his slot for {:.0f} µs here, and a thread that is woken runs "
        "after {:.1f} µs (medians of this run). So threads that get slots in the order in which they came "
        "give at most {:.1f} % of the leases of those who take a slot again at once and let others wait, "
        "as SOCI's pool, bb8 and a mutex do. Go and tokio need wake nobody: who gave a slot back runs the "
        "next task.",
        here.block_us, here.wake_us, 100 * most);
}

std::string of_tasks(unsigned cores)
{
    return fmt::format(
        "Puddle and \"deadpool, a worker per core\" run all tasks on {} threads: no more than these ask at "
        "once, so that they mostly find a slot, and none is stopped while it holds one. Where there are "
        "as many threads as tasks, the system stops one that computes for milliseconds, with its slot: "
        "deadpool is the same pool, measured that way.",
        cores);
}

std::string of_stops(unsigned cores)
{
    return fmt::format(
        "Threads that never sleep are stopped by the system, whatever they do. Of those that take no slot and "
        "only read the clock one was stopped for up to {:.2f} ms here where it was alone, {:.1f} ms where they "
        "were {}, {:.0f} ms where they were {}. So a longest wait of that size says nothing of a pool; a pool "
        "whose threads sleep now and then, at the price of leases, is stopped less.",
        longest_stop_ms(1), longest_stop_ms(cores), cores, longest_stop_ms(4 * cores), 4 * cores);
}

} // namespace

nlohmann::ordered_json notes_of(const results& all, unsigned cores)
{
    auto notes = nlohmann::ordered_json::array();
    const auto add = [&](std::initializer_list<const char*> workloads, auto text) {
        std::string once;
        for (const char* workload : workloads)
            if (std::ranges::find(all.cases, workload, &peer_case::workload) != all.cases.end())
                notes.push_back({{"workload", workload}, {"text", once.empty() ? once = text() : once}});
    };
    add({"hot_loop", "short_hold"}, [&] { return of_stops(cores); });
    add({"hot_loop", "short_hold", "crowded_computing"}, [&] { return of_tasks(cores); });
    add({"long_hold", "crowded_blocking"}, of_blocking);
    return notes;
}

} // namespace peers
