// SPDX-License-Identifier: BSL-1.0
#include "markdown.hpp"

#include "axis_costs.hpp"
#include "measures.hpp"
#include "numbers.hpp"
#include "peers.hpp"
#include "statistics.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <string_view>
#include <utility>
#include <vector>

namespace lab {

namespace {

// What a cell of a table can hold.
std::string plain(std::string_view text)
{
    std::string safe;
    for (const char each : text) {
        if (each == '|' || each == '<' || each == '\\')
            safe += '\\';
        safe += each == '\n' ? ' ' : each;
    }
    return safe;
}

std::string code(std::string_view text)
{
    std::string safe;
    for (const char each : text)
        safe += each == '|' ? std::string{"\\|"} : std::string{each == '`' ? '\'' : each};
    return fmt::format("`{}`", safe);
}

std::string words(std::string text)
{
    std::ranges::replace(text, '_', ' ');
    return plain(text);
}

// One machine once, with what ran on it.
std::string made_on(const results& from)
{
    std::vector<std::pair<std::string, std::vector<std::string>>> machines;
    for (const source& one : from.sources) {
        const machine& on = one.machine;
        const std::string name =
            fmt::format("{}, {} core{}; {}", plain(on.cpu), on.cores, on.cores == 1 ? "" : "s", plain(on.system));
        const std::string run =
            fmt::format("{}, {}{}", plain(on.compiler), plain(on.when), one.quick ? ", a quick run" : "");
        auto found = std::ranges::find(machines, name, &std::pair<std::string, std::vector<std::string>>::first);
        if (found == machines.end())
            found = machines.insert(found, {name, {}});
        if (std::ranges::find(found->second, run) == found->second.end())
            found->second.push_back(run);
    }
    std::vector<std::string> all;
    for (const auto& [name, runs] : machines)
        all.push_back(fmt::format("{} ({})", name, fmt::join(runs, "; ")));
    return fmt::format("Made on {}.\n", fmt::join(all, ", and on "));
}

std::string block(std::string_view name, std::string_view text)
{
    return fmt::format("<!-- lab:begin {0} -->\n{1}<!-- lab:end {0} -->\n", name, text);
}

// Of several files it does not matter here which one measured it.
std::string_view own_name(const subject& one)
{
    const std::string_view id = one.id;
    return one.named_after.empty() ? id : id.substr(0, id.size() - one.named_after.size() - 3); // " (" and ")"
}

std::string peers_cell(const peers_table& table, const peers_row& row, std::size_t column)
{
    const result* one = row.of[column];
    if (one == nullptr)
        return table.columns[column]->missing.empty() ? "" : "missing";
    std::string text;
    for (const measure& each : measures()) {
        const double value = median(samples_of(*one, each.key));
        if ((each.key != "leases_per_s" && each.key != "max_ns") || std::isnan(value))
            continue;
        std::string number = each.unit == "ns" ? duration_text(value) : rate_text(value);
        const auto stands = against_peers(table, row, column, each);
        if (column < table.stewards && stands && stands->verdict != standing::verdict::behind)
            number = fmt::format("**{}**", number);
        text += fmt::format("{}{}", text.empty() ? "" : ", ", number);
    }
    return text;
}

std::string peers_block(const results& from)
{
    const peers_table table = peers_of(from);
    if (table.rows.empty())
        return {};
    std::string text =
        "Leases per second, and the longest wait for one; bold where steward is first among all or within 3 % "
        "of it.\n\n| threads on slots |";
    std::string line = "\n| --- |";
    std::string below;
    for (const subject* one : table.columns) {
        const bool is_alone = !one->is_peer && table.stewards == 1;
        text += fmt::format(" {} |", is_alone ? "steward" : plain(one->id));
        line += " ---: |";
        if (is_alone)
            below += fmt::format("steward is {}. ", code(own_name(*one)));
        if (!one->missing.empty())
            below += fmt::format("{} is missing: {}. ", plain(one->id), plain(one->missing));
    }
    text += line + "\n";
    for (const peers_row& row : table.rows) {
        const auto& [workload, threads, slots] = row.configuration;
        text += fmt::format("| {}, {} on {} |", words(workload), threads, slots);
        for (std::size_t column = 0; column != table.columns.size(); ++column)
            text += fmt::format(" {} |", peers_cell(table, row, column));
        text += "\n";
    }
    return block("peers", text + "\n" + below + made_on(from));
}

std::string with_sign(double number, const std::string& size)
{
    return fmt::format("{}{}", number > 0 ? "+" : number < 0 ? "−" : "", size);
}

std::string bytes_text(double bytes)
{
    return std::isnan(bytes) ? "" : with_sign(bytes, fmt::format("{:.0f}", std::abs(bytes)));
}

std::string difference_text(double number) { return with_sign(number, three_digits(std::abs(number))); }

std::string cells_of(const axis_cost& axis, const policy_cost& one)
{
    return fmt::format("| {} | {} | {} | {} | {} |\n", code(one.policy), code(axis.over), difference_text(one.ns),
                       difference_text(one.exchanges), bytes_text(one.bytes));
}

// What a page about one axis shows.
std::string axis_block(const axis_cost& axis, const std::string& about, const results& from)
{
    std::string text =
        about + "| policy | over | ns | × exchange | bytes a slot |\n| --- | --- | ---: | ---: | ---: |\n";
    for (const policy_cost& one : axis.policies)
        text += cells_of(axis, one);
    return block("costs " + axis.axis, text + "\n" + made_on(from));
}

// One table of all axes, then one for each.
std::string costs_blocks(const results& from)
{
    for (const configuration& where : from.configurations()) {
        if (where.workload != "hot_loop")
            continue;
        const auto axes = axis_costs(from, where);
        if (axes.empty())
            continue;
        const std::string about = fmt::format(
            "What a policy adds to one lease of the hot loop, {} thread{} on {} slot{}: the median over "
            "all pairs of combinations that differ in it alone. A few hundredths of an exchange, more or less, are "
            "noise.\n\n",
            where.threads, where.threads == 1 ? "" : "s", where.slots, where.slots == 1 ? "" : "s");
        std::string all = about
                          + "| axis | policy | over | ns | × exchange | bytes a slot |\n"
                            "| --- | --- | --- | ---: | ---: | ---: |\n";
        std::string each;
        for (const axis_cost& axis : axes) {
            for (const policy_cost& one : axis.policies)
                all += fmt::format("| {} {}", plain(axis.axis), cells_of(axis, one));
            each += axis_block(axis, about, from);
        }
        return block("costs", all + "\n" + made_on(from)) + each;
    }
    return {};
}

} // namespace

std::string markdown_of(const results& from) { return peers_block(from) + costs_blocks(from); }

} // namespace lab
