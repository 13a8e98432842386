// SPDX-License-Identifier: BSL-1.0
#include "results.hpp"

#include "../cpp/histogram.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <stdexcept>
#include <utility>

namespace peers {

namespace {

using json = nlohmann::ordered_json;
using waits = std::vector<std::pair<std::size_t, std::uint64_t>>; // buckets, and how many in each

double percentile(const waits& all, double share)
{
    std::uint64_t total = 0, seen = 0;
    for (const auto& [bucket, count] : all)
        total += count;
    for (const auto& [bucket, count] : all) {
        seen += count;
        if (static_cast<double>(seen) >= share * static_cast<double>(total))
            return histogram::time_of(bucket);
    }
    return 0;
}

// Five digits: more of a time would be noise.
double rounded(double value) { return std::strtod(fmt::format("{:.5g}", value).c_str(), nullptr); }

json result_json(const results& all, std::size_t subject, std::size_t n)
{
    const peer_case& what = all.cases[n];
    json values;
    for (const auto& [name, numbers] : all.of[subject][n])
        for (const double each : numbers)
            values[name].push_back(rounded(each));
    return {{"subject", all.subjects[subject].id()},
            {"workload", what.workload},
            {"threads", what.threads},
            {"slots", what.slots},
            {"samples", values}};
}

} // namespace

void subject::is_missing(const std::string& reason)
{
    is_there = false;
    identity["missing"] = reason;
}

std::map<std::string, double> samples_of(const std::string& answer)
{
    try {
        const json got = json::parse(answer);
        const waits all = got.at("waits").get<waits>();
        const double longest = got.at("max_ns");
        const auto at = [&](double share) { return std::min(percentile(all, share), longest); };
        return {{"leases_per_s", got.at("leases").get<double>() / got.at("busy_ns").get<double>() * 1e9},
                {"p50_ns", at(0.5)},
                {"p99_ns", at(0.99)},
                {"p999_ns", at(0.999)},
                {"max_ns", longest}};
    } catch (const json::exception& e) {
        throw std::runtime_error{fmt::format("its answer is not what was expected: {}", e.what())};
    }
}

std::string to_json(const steward::lab::machine& where, bool quick, const results& all,
                    const nlohmann::ordered_json& notes)
{
    std::string text = "{\n" + steward::lab::head_of_results(where, quick) + "\"subjects\": [";
    for (std::size_t i = 0; i != all.subjects.size(); ++i)
        text += fmt::format("{}\n{}", i == 0 ? "" : ",", all.subjects[i].identity.dump());
    text += "\n],\n\"results\": [";
    bool first = true;
    for (std::size_t n = 0; n != all.cases.size(); ++n)
        for (std::size_t i = 0; i != all.subjects.size(); ++i)
            if (all.subjects[i].is_there) {
                text += fmt::format("{}\n{}", first ? "" : ",", result_json(all, i, n).dump());
                first = false;
            }
    return text + fmt::format("\n],\n\"notes\": {}\n}}\n", notes.dump());
}

} // namespace peers
