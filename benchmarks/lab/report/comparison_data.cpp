// SPDX-License-Identifier: BSL-1.0
#include "comparison.hpp"
#include "measures.hpp"
#include "page_data.hpp"
#include "page_json.hpp"
#include "statistics.hpp"

#include <algorithm>
#include <cmath>

namespace lab {

namespace {

using json = nlohmann::ordered_json;

json change_data(const change& one, std::size_t measure)
{
    constexpr const char* verdicts[] = {"noise", "perhaps", "changed"};
    return {{"subject", one.subject},
            {"workload", one.configuration.workload},
            {"threads", one.configuration.threads},
            {"slots", one.configuration.slots},
            {"measure", measure},
            {"before", rounded(one.before)},
            {"after", rounded(one.after)},
            {"ratio", rounded(one.ratio)},
            {"low", rounded(one.within.low)},
            {"high", rounded(one.within.high)},
            {"p", rounded(one.p)},
            {"verdict", verdicts[static_cast<std::size_t>(one.seen)]},
            {"better", one.is_better()}};
}

// Of all exchanges that a run measured: what the machine itself did.
std::vector<double> yardstick(const results& from)
{
    std::vector<double> all;
    for (const result& one : from.all)
        all.push_back(median(samples_of(one, "exchange_ns")));
    std::erase_if(all, [](double each) { return std::isnan(each); });
    return all;
}

} // namespace

std::string comparison_data(const results& before, const results& after)
{
    const comparison found = compare(before, after);
    json data{{"before", source_data(before.sources.front())},
              {"after", source_data(after.sources.front())},
              {"measures", measure_data()},
              {"only_before", found.only_before},
              {"only_after", found.only_after},
              {"changes", json::array()}};
    double least = 1;
    for (const change& one : found.changes) {
        const auto measure = std::ranges::find(measures(), one.measure.key, &measure::key) - measures().begin();
        data["changes"].push_back(change_data(one, static_cast<std::size_t>(measure)));
        least = std::min(least, smallest_p(one.repetitions_before, one.repetitions_after));
    }
    data["smallest_p"] = rounded(least);
    data["exchange"] = {rounded(median(yardstick(before))), rounded(median(yardstick(after)))};
    return inside_script(data);
}

} // namespace lab
