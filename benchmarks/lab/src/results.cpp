// SPDX-License-Identifier: BSL-1.0
#include "results.hpp"

#include "json_string.hpp"
#include "median.hpp"
#include "registry.hpp"

#include <steward/lab/combination.hpp>

#include <fmt/format.h>

#include <cstddef>
#include <set>

namespace steward::inline v0::lab {

namespace {

std::string subject_json(const description& each)
{
    std::string axes;
    for (std::size_t i = 0; i != axis_names.size(); ++i)
        axes += fmt::format("{}{}: {}", i == 0 ? "" : ", ", json_string(axis_names[i]), json_string(each.policies[i]));
    return fmt::format(R"({{"id": {}, "kind": "steward", "axes": {{{}}}, "bytes_per_slot": {}}})",
                       json_string(id_of(each)), axes, each.bytes_per_slot);
}

// Five digits: more of a time would be noise, and a third of the file.
std::string samples_json(const std::map<std::string, std::vector<double>>& samples)
{
    std::string result;
    for (const auto& [what, all] : samples) {
        result += fmt::format("{}{}: [", result.empty() ? "" : ", ", json_string(what));
        for (std::size_t i = 0; i != all.size(); ++i)
            result += fmt::format("{}{:.5g}", i == 0 ? "" : ", ", all[i]);
        result += "]";
    }
    return result;
}

} // namespace

double result::median(const std::string& what) const { return lab::median(samples.at(what)); }

std::string to_json(const machine& where, bool quick, const std::vector<result>& results)
{
    std::string text = "{\n" + head_of_results(where, quick) + "\"subjects\": [";
    std::set<const description*> subjects;
    for (const result& each : results)
        if (subjects.insert(each.of.subject).second)
            text += fmt::format("{}\n{}", subjects.size() == 1 ? "" : ",", subject_json(*each.of.subject));
    text += "\n],\n\"results\": [";
    bool first = true;
    for (const result& each : results) {
        text += fmt::format(R"({}{{"subject": {}, "workload": {}, "threads": {}, "slots": {}, "samples": {{{}}}}})",
                            first ? "\n" : ",\n", json_string(id_of(*each.of.subject)),
                            json_string(each.of.workload_name()), each.of.who.threads, each.of.who.slots,
                            samples_json(each.samples));
        first = false;
    }
    return text + "\n]\n}\n";
}

} // namespace steward::inline v0::lab
