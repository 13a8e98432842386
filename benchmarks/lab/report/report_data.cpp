// SPDX-License-Identifier: BSL-1.0
#include "axis_costs.hpp"
#include "measures.hpp"
#include "page_data.hpp"
#include "page_json.hpp"
#include "peers.hpp"
#include "ranking.hpp"
#include "statistics.hpp"

#include <set>
#include <utility>

namespace lab {

namespace {

using json = nlohmann::ordered_json;

json subject_data(const subject& one)
{
    json data{{"name", one.id}, {"peer", one.is_peer}};
    if (!one.is_peer)
        data["axes"] = json::object();
    for (const auto& [axis, policy] : one.axes)
        data["axes"][axis] = policy;
    if (one.bytes_per_slot)
        data["bytes"] = *one.bytes_per_slot;
    for (const auto& [name, text] : {std::pair{"version", &one.version},
                                     {"language", &one.language},
                                     {"missing", &one.missing},
                                     {"file", &one.named_after}})
        if (!text->empty())
            data[name] = *text;
    return data;
}

// The page knows subjects by their place in its list.
std::ptrdiff_t index_of(const subject& one, const results& from) { return &one - from.subjects.data(); }

json values_data(const result& one)
{
    json values = json::array();
    for (const measure& each : measures())
        values.push_back(rounded(median(samples_of(one, each.key))));
    return values;
}

json row_data(const ranked& one, const results& from)
{
    const auto subject = index_of(from.subject_of(*one.of), from);
    return {{"subject", subject},
            {"rank", one.rank},
            {"ranks", {one.best_rank, one.worst_rank}},
            {"spread", rounded(one.spread)},
            {"values", values_data(*one.of)}};
}

json costs_data(const results& from, const configuration& where)
{
    json axes = json::array();
    for (const axis_cost& axis : axis_costs(from, where)) {
        json policies = json::array();
        for (const policy_cost& one : axis.policies)
            policies.push_back({{"policy", one.policy},
                                {"pairs", one.pairs},
                                {"ns", rounded(one.ns)},
                                {"low", rounded(one.ns_low)},
                                {"high", rounded(one.ns_high)},
                                {"exchanges", rounded(one.exchanges)},
                                {"bytes", rounded(one.bytes)}});
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
    json data{
        {"threads", where.threads}, {"slots", where.slots}, {"exchange", rounded(median(exchange))}, {"rows", rows}};
    if (where.workload == "hot_loop") // elsewhere what holders do hides what a policy costs
        data["costs"] = costs_data(from, where);
    return data;
}

json workloads_data(const results& from)
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

json standing_data(const standing& one)
{
    constexpr const char* verdicts[] = {"first", "near", "behind"};
    return {{"verdict", verdicts[static_cast<std::size_t>(one.verdict)]},
            {"ratio", rounded(one.ratio)},
            {"noise", one.within_noise}};
}

json peers_row_data(const peers_table& table, const peers_row& row)
{
    const auto& [workload, threads, slots] = row.configuration;
    json data{{"workload", workload},
              {"threads", threads},
              {"slots", slots},
              {"values", json::array()},
              {"stands", json::array()}};
    for (const result* one : row.of)
        data["values"].push_back(one == nullptr ? json(nullptr) : values_data(*one));
    for (std::size_t column = 0; column != table.stewards; ++column) {
        json stands = json::array();
        for (const measure& each : measures()) {
            const auto found = against_peers(table, row, column, each);
            stands.push_back(found ? standing_data(*found) : json(nullptr));
        }
        data["stands"].push_back(std::move(stands));
    }
    return data;
}

json peers_data(const results& from)
{
    const peers_table table = peers_of(from);
    if (table.rows.empty())
        return nullptr;
    json data{
        {"columns", json::array()}, {"stewards", table.stewards}, {"picked", table.picked}, {"rows", json::array()}};
    for (const subject* one : table.columns)
        data["columns"].push_back(index_of(*one, from));
    for (const peers_row& row : table.rows)
        data["rows"].push_back(peers_row_data(table, row));
    return data;
}

json notes_data(const results& from)
{
    json all = json::array();
    for (const note& one : from.notes) {
        json data{{"text", one.text}};
        if (!one.workload.empty())
            data["workload"] = one.workload;
        if (!one.subject.empty())
            data["subject"] = one.subject;
        if (one.threads != 0)
            data["threads"] = one.threads;
        all.push_back(std::move(data));
    }
    return all;
}

json compile_data(const results& from)
{
    json all = json::array();
    for (const compile_cost& one : from.compile)
        all.push_back({{"header", one.header},
                       {"compiler", one.compiler},
                       {"axis", one.axis},
                       {"n", one.n},
                       {"seconds", rounded(median(one.seconds))},
                       {"peak_mib", one.peak_mib ? rounded(*one.peak_mib) : json(nullptr)}});
    return all;
}

json templates_data(const results& from)
{
    json all = json::array();
    for (const template_cost& one : from.templates)
        all.push_back({{"name", one.name}, {"seconds", rounded(one.seconds)}, {"count", one.count}});
    return all;
}

} // namespace

std::string report_data(const results& from)
{
    json data{{"sources", json::array()},          {"measures", measure_data()},       {"subjects", json::array()},
              {"workloads", workloads_data(from)}, {"peers", peers_data(from)},        {"notes", notes_data(from)},
              {"compile", compile_data(from)},     {"templates", templates_data(from)}};
    for (const source& one : from.sources)
        data["sources"].push_back(source_data(one));
    for (const subject& one : from.subjects)
        data["subjects"].push_back(subject_data(one));
    return inside_script(data);
}

} // namespace lab
