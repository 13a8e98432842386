// SPDX-License-Identifier: BSL-1.0
#include "peers.hpp"

#include "statistics.hpp"

#include <algorithm>
#include <cmath>
#include <set>
#include <utility>

namespace lab {

namespace {

constexpr std::size_t most_stewards = 3;

const result* find(const results& from, const subject& one, const configuration& where)
{
    for (const result& each : from.all)
        if (each.subject == one.id && each.configuration == where)
            return &each;
    return nullptr;
}

std::vector<configuration> configurations_of_peers(const results& from)
{
    std::vector<configuration> all = from.configurations();
    std::erase_if(all, [&](const configuration& where) {
        return std::ranges::none_of(
            from.all, [&](const result& one) { return one.configuration == where && from.subject_of(one).is_peer; });
    });
    return all;
}

std::vector<const subject*> stewards_of(const results& from)
{
    std::set<std::size_t> with_peers;
    for (const result& one : from.all)
        if (from.subject_of(one).is_peer)
            with_peers.insert(one.source);
    std::set<std::string> beside;
    for (const result& one : from.all)
        if (with_peers.contains(one.source))
            beside.insert(one.subject);
    std::vector<const subject*> all;
    std::vector<const subject*> found;
    for (const subject& one : from.subjects)
        if (!one.is_peer) {
            all.push_back(&one);
            if (beside.contains(one.id))
                found.push_back(&one);
        }
    return found.empty() ? all : found;
}

// How much of the table it has, then how fast it is there.
std::pair<std::size_t, double> merit(const results& from, const subject& one, const std::vector<configuration>& rows)
{
    std::size_t count = 0;
    double logs = 0;
    for (const configuration& where : rows)
        if (const result* found = find(from, one, where)) {
            ++count;
            logs += std::log(median(found->samples.at("leases_per_s")));
        }
    return {count, count == 0 ? 0 : logs / static_cast<double>(count)};
}

// Greater is better. Below a nanosecond no clock tells waits apart.
double goodness(const result* one, const measure& each)
{
    const double value = one == nullptr ? std::nan("") : median(samples_of(*one, each.key));
    return each.more_is_better || std::isnan(value) ? value : 1 / std::max(1.0, value);
}

bool is_judged(const measure& each, std::string_view workload)
{
    const bool is_percentile = each.key == "p99_ns" || each.key == "p999_ns";
    return each.key == "leases_per_s" || each.key == "max_ns" || (is_percentile && holders_block(workload));
}

const result* best_peer(const peers_table& table, const peers_row& row, const measure& each)
{
    const result* best = nullptr;
    for (std::size_t i = table.stewards; i != row.of.size(); ++i)
        if (!std::isnan(goodness(row.of[i], each)))
            if (best == nullptr || goodness(row.of[i], each) > goodness(best, each))
                best = row.of[i];
    return best;
}

} // namespace

peers_table peers_of(const results& from)
{
    const std::vector<configuration> configurations = configurations_of_peers(from);
    peers_table table;
    if (configurations.empty())
        return table;
    table.columns = stewards_of(from);
    if (table.columns.size() > most_stewards) {
        table.columns = {*std::ranges::max_element(
            table.columns, {}, [&](const subject* one) { return merit(from, *one, configurations); })};
        table.picked = true;
    }
    table.stewards = table.columns.size();
    for (const bool is_missing : {false, true})
        for (const subject& one : from.subjects)
            if (one.is_peer && one.missing.empty() != is_missing)
                table.columns.push_back(&one);
    for (const configuration& where : configurations) {
        peers_row row{.configuration = where, .of = {}};
        for (const subject* one : table.columns)
            row.of.push_back(find(from, *one, where));
        table.rows.push_back(std::move(row));
    }
    return table;
}

std::optional<standing> against_peers(const peers_table& table, const peers_row& row, std::size_t column,
                                      const measure& each)
{
    const result* own = row.of[column];
    const result* best = best_peer(table, row, each);
    if (!is_judged(each, row.configuration.workload) || best == nullptr || std::isnan(goodness(own, each)))
        return std::nullopt;
    standing found{.ratio = goodness(own, each) / goodness(best, each)};
    found.within_noise = !told_apart(samples_of(*own, each.key), samples_of(*best, each.key));
    found.verdict = found.ratio >= 1      ? standing::verdict::first
                    : found.ratio >= 0.97 ? standing::verdict::near
                                          : standing::verdict::behind;
    return found;
}

} // namespace lab
