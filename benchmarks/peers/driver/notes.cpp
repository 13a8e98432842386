// SPDX-License-Identifier: BSL-1.0
#include "notes.hpp"

#include "system_costs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <string>

namespace peers {

namespace {

std::string of_blocking(const system_costs& here)
{
    const double most = here.block_us / (here.block_us + here.wake_us);
    return fmt::format(
        "A holder who blocks for 100 µs has his slot for {:.0f} µs here, and a thread that is woken runs "
        "after {:.1f} µs (medians of this run). So threads that get slots in the order in which they came "
        "give at most {:.1f} % of the leases of those who take a slot again at once and let others wait, "
        "as SOCI's pool, bb8 and a mutex do. Go and tokio need wake nobody: who gave a slot back runs the "
        "next task.",
        here.block_us, here.wake_us, 100 * most);
}

std::string of_computing(unsigned cores)
{
    return fmt::format(
        "Puddle and \"deadpool, a worker per core\" run all tasks on {} threads: no more than these ask at "
        "once, so that they mostly find a slot, and none is stopped while it holds one. Where there are "
        "as many threads as tasks, the system stops one that computes for milliseconds, with its slot: "
        "deadpool is the same pool, measured that way.",
        cores);
}

} // namespace

nlohmann::ordered_json notes_of(const results& all, unsigned cores)
{
    auto notes = nlohmann::ordered_json::array();
    const auto add = [&](const char* workload, auto text) {
        if (std::ranges::find(all.cases, workload, &peer_case::workload) != all.cases.end())
            notes.push_back({{"workload", workload}, {"text", text()}});
    };
    add("crowded_blocking", [] { return of_blocking(measure_system_costs()); });
    add("crowded_computing", [&] { return of_computing(cores); });
    return notes;
}

} // namespace peers
