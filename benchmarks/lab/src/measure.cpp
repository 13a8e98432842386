// SPDX-License-Identifier: BSL-1.0
#include "measure.hpp"

#include "yardstick.hpp"

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>

namespace steward::inline v0::lab {

namespace {

// The memory of one run is that of the next: a page that is touched for the first time would be measured.
std::vector<thread_log>& cleared_logs(std::size_t threads)
{
    static std::vector<thread_log> logs;
    logs.resize(threads);
    for (thread_log& each : logs) {
        each.waits.reserve(std::size_t{1} << 17);
        each.waits.clear();
        each.leases = each.allocations = 0;
    }
    return logs;
}

} // namespace

std::vector<std::pair<std::string, double>> measure_once(const lab_case& what, bool quick)
{
    const double exchange = exchange_ns();
    const std::unique_ptr<subject> on = what.subject->make({what.who.slots, what.what->create_time});
    measurement r{*on, what.who.threads, quick ? what.what->quick_time : what.what->time,
                  cleared_logs(what.who.threads)};
    what.what->measure(r);

    std::vector<std::uint32_t>& waits = r.logs.front().waits;
    std::uint64_t leases = 0, allocations = 0;
    for (const thread_log& each : r.logs) {
        if (&each != &r.logs.front())
            waits.insert(waits.end(), each.waits.begin(), each.waits.end());
        leases += each.leases;
        allocations += each.allocations;
    }
    if (r.leases_per_s <= 0 || waits.empty())
        return {};
    // Asked for in ascending order: what is below has been put there.
    auto at = [&waits, from = waits.begin()](double share) mutable {
        const auto found = waits.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(waits.size() - 1));
        std::nth_element(from, found, waits.end());
        from = found;
        return static_cast<double>(*found);
    };
    return {{"leases_per_s", r.leases_per_s},
            {"p50_ns", at(0.5)},
            {"p99_ns", at(0.99)},
            {"p999_ns", at(0.999)},
            {"max_ns", at(1.0)},
            {"allocations_per_lease",
             static_cast<double>(allocations) / static_cast<double>(std::max<std::uint64_t>(leases, 1))},
            {"exchange_ns", exchange}};
}

} // namespace steward::inline v0::lab
