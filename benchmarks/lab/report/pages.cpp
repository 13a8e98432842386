// SPDX-License-Identifier: BSL-1.0
#include "pages.hpp"

#include "axis_costs.hpp"
#include "embedded.hpp"
#include "ranking.hpp"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cmath>
#include <set>

namespace lab {

namespace {

using json = nlohmann::ordered_json;

// Four digits are more than any measurement is good for, and half of the page's size.
json rounded(double number)
{
    return std::isfinite(number) ? json(std::stod(fmt::format("{:.4g}", number))) : json(nullptr);
}

json machine_data(const results& from)
{
    const machine& one = from.machine;
    return {{"file", from.file}, {"cpu", one.cpu},   {"cores", one.cores}, {"system", one.system},
            {"compiler", one.compiler}, {"when", one.when}, {"quick", from.quick}};
}

json measure_data()
{
    json all = json::array();
    for (const measure& each : measures())
        all.push_back({{"key", each.key}, {"label", each.label}, {"more", each.more_is_better}, {"unit", each.unit}});
    return all;
}

json subject_data(const subject& one)
{
    json data{{"name", one.id}, {"peer", one.is_peer}};
    for (const auto& [axis, policy] : one.axes)
        data["axes"][axis] = policy;
    if (one.bytes_per_slot)
        data["bytes"] = *one.bytes_per_slot;
    for (const auto& [name, text] : {std::pair{"version", &one.version}, {"language", &one.language},
                                     {"missing", &one.missing}})
        if (!text->empty())
            data[name] = *text;
    return data;
}

json row_data(const ranked& one, const results& from)
{
    const auto subject = std::ranges::find(from.subjects, one.of->subject, &subject::id) - from.subjects.begin();
    json row{{"subject", subject}, {"rank", one.rank}, {"like_the_first", one.like_the_first},
             {"spread", rounded(one.spread)}, {"values", json::array()}};
    for (const measure& each : measures())
        row["values"].push_back(rounded(median(samples_of(*one.of, each.key))));
    return row;
}

json costs_data(const results& from, const configuration& where)
{
    json axes = json::array();
    for (const axis_cost& axis : axis_costs(from, where)) {
        json policies = json::array();
        for (const policy_cost& one : axis.policies)
            policies.push_back({{"policy", one.policy}, {"pairs", one.pairs}, {"ns", rounded(one.ns)},
                                {"low", rounded(one.ns_low)}, {"high", rounded(one.ns_high)},
                                {"exchanges", rounded(one.exchanges)}, {"bytes", rounded(one.bytes)}});
        axes.push_back({{"axis", axis.axis}, {"over", axis.over}, {"policies", policies}});
    }
    return axes;
}

json configuration_data(const results& from, const configuration& where)
{
    json rows = json::array();
    std::vector<double> exchange;
    for (const ranked& one : ranking(from, where)) {
        rows.push_back(row_data(one, from));
        const auto samples = samples_of(*one.of, "exchange_ns");
        exchange.insert(exchange.end(), samples.begin(), samples.end());
    }
    json data{{"threads", where.threads}, {"slots", where.slots}, {"exchange", rounded(median(exchange))},
              {"rows", rows}};
    if (where.workload == "hot_loop") // elsewhere what holders do hides what a policy costs
        data["costs"] = costs_data(from, where);
    return data;
}

json workload_data(const results& from)
{
    json workloads = json::array();
    const auto configurations = from.configurations();
    std::set<std::string> seen;
    for (const configuration& first : configurations) {
        if (!seen.insert(first.workload).second)
            continue;
        json data{{"name", first.workload}, {"meaning", meaning_of(first.workload)}};
        for (const configuration& each : configurations)
            if (each.workload == first.workload)
                data["configurations"].push_back(configuration_data(from, each));
        workloads.push_back(data);
    }
    return workloads;
}

json change_data(const change& one, std::size_t measure)
{
    constexpr const char* verdicts[] = {"noise", "perhaps", "changed"};
    return {{"subject", one.subject}, {"workload", one.configuration.workload},
            {"threads", one.configuration.threads}, {"slots", one.configuration.slots}, {"measure", measure},
            {"before", rounded(one.before)}, {"after", rounded(one.after)}, {"ratio", rounded(one.ratio)},
            {"low", rounded(one.within.low)}, {"high", rounded(one.within.high)}, {"p", rounded(one.p)},
            {"verdict", verdicts[static_cast<std::size_t>(one.seen)]}, {"better", one.is_better()}};
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

json comparison_data(const results& before, const results& after)
{
    const comparison found = compare(before, after);
    json data{{"before", machine_data(before)}, {"after", machine_data(after)}, {"measures", measure_data()},
              {"only_before", found.only_before}, {"only_after", found.only_after}, {"changes", json::array()}};
    double least = 1;
    for (const change& one : found.changes) {
        const auto measure = std::ranges::find(measures(), one.measure.key, &measure::key) - measures().begin();
        data["changes"].push_back(change_data(one, static_cast<std::size_t>(measure)));
        least = std::min(least, smallest_p(one.repetitions_before, one.repetitions_after));
    }
    data["smallest_p"] = rounded(least);
    data["exchange"] = {rounded(median(yardstick(before))), rounded(median(yardstick(after)))};
    return data;
}

// "</script>" in a subject's name must not end the script.
std::string inside_script(const json& data)
{
    std::string text;
    for (const char each : data.dump())
        text += each == '<' ? std::string{"\\u003c"} : std::string{each};
    return text;
}

std::string filled(std::string_view page, std::string_view script, const json& data)
{
    std::string text;
    for (std::size_t at = 0; at < page.size();) {
        const std::size_t open = page.find("{{", at);
        text += page.substr(at, open - at);
        if (open == std::string_view::npos)
            break;
        const std::size_t close = page.find("}}", open);
        const std::string_view name = page.substr(open + 2, close - open - 2);
        text += name == "style" ? embedded::style_css : name == "script" ? script : std::string_view{};
        if (name == "data")
            text += inside_script(data);
        at = close + 2;
    }
    return text;
}

} // namespace

std::string report_page(const results& from)
{
    json data{{"machine", machine_data(from)}, {"measures", measure_data()}, {"subjects", json::array()},
              {"workloads", workload_data(from)}};
    for (const subject& one : from.subjects)
        data["subjects"].push_back(subject_data(one));
    return filled(embedded::report_html, embedded::report_js, data);
}

std::string comparison_page(const results& before, const results& after)
{
    return filled(embedded::comparison_html, embedded::comparison_js, comparison_data(before, after));
}

} // namespace lab
