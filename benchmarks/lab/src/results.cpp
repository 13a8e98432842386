// SPDX-License-Identifier: BSL-1.0
#include "results.hpp"

#include "median.hpp"
#include "registry.hpp"

#include <steward/lab/combination.hpp>

#include <fmt/format.h>

#include <cstddef>
#include <set>
#include <string_view>

namespace steward::inline v0::lab {

namespace {

std::string quoted(std::string_view text)
{
    std::string result = "\"";
    for (const char c : text) {
        if (c == '"' || c == '\\')
            result += '\\';
        if (static_cast<unsigned char>(c) < 0x20)
            result += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
        else
            result += c;
    }
    return result + '"';
}

std::string subject_json(const description& each)
{
    std::string axes;
    for (std::size_t i = 0; i != axis_names.size(); ++i)
        axes += fmt::format("{}{}: {}", i == 0 ? "" : ", ", quoted(axis_names[i]), quoted(each.policies[i]));
    return fmt::format(R"({{"id": {}, "kind": "steward", "axes": {{{}}}, "bytes_per_slot": {}}})", quoted(id_of(each)),
                       axes, each.bytes_per_slot);
}

// Five digits: more of a time would be noise, and a third of the file.
std::string samples_json(const std::map<std::string, std::vector<double>>& samples)
{
    std::string result;
    for (const auto& [what, all] : samples) {
        result += fmt::format("{}{}: [", result.empty() ? "" : ", ", quoted(what));
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
    std::string text = fmt::format("{{\n\"lab\": 1,\n\"machine\": {{\"cpu\": {}, \"cores\": {}, \"system\": {}, "
                                   "\"compiler\": {}, \"when\": {}}},\n"
                                   "\"quick\": {},\n\"subjects\": [",
                                   quoted(where.cpu), where.cores, quoted(where.system), quoted(where.compiler),
                                   quoted(where.when), quick);
    std::set<const description*> subjects;
    for (const result& each : results)
        if (subjects.insert(each.of.subject).second)
            text += fmt::format("{}\n{}", subjects.size() == 1 ? "" : ",", subject_json(*each.of.subject));
    text += "\n],\n\"results\": [";
    bool first = true;
    for (const result& each : results) {
        text += fmt::format(R"({}{{"subject": {}, "workload": {}, "threads": {}, "slots": {}, "samples": {{{}}}}})",
                            first ? "\n" : ",\n", quoted(id_of(*each.of.subject)), quoted(each.of.workload_name()),
                            each.of.who.threads, each.of.who.slots, samples_json(each.samples));
        first = false;
    }
    return text + "\n]\n}\n";
}

} // namespace steward::inline v0::lab
