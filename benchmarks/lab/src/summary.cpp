// SPDX-License-Identifier: BSL-1.0
#include "summary.hpp"

#include "registry.hpp"
#include "with_unit.hpp"

#include <fmt/color.h>
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <iterator>
#include <string_view>
#include <utility>

namespace steward::inline v0::lab {

namespace {

using group = std::vector<const result*>;

// In eighths of a character.
std::string bar(double share)
{
    constexpr int width = 16;
    static constexpr std::string_view parts[]{"", "▏", "▎", "▍", "▌", "▋", "▊", "▉"};
    const int eighths = std::clamp(static_cast<int>(std::lround(share * width * 8)), 0, width * 8);
    std::string result;
    for (int i = 0; i != eighths / 8; ++i)
        result += "█";
    result += parts[eighths % 8];
    result.append(static_cast<std::size_t>(width - (eighths + 7) / 8), ' ');
    return result;
}

void print(std::string& out, const result& each, double best, bool coloured)
{
    const double rate = each.median("leases_per_s");
    const double share = rate / best;
    // How many exchanges one thread could have done in the time of one of its leases.
    const double exchanges = static_cast<double>(each.of.who.threads) * 1e9 / rate / each.median("exchange_ns");
    constexpr double telling = 200; // where leases are held for longer the pool does not show in it
    const auto colour = share > 0.9   ? fmt::fg(fmt::terminal_color::green)
                        : share > 0.5 ? fmt::fg(fmt::terminal_color::yellow)
                                      : fmt::fg(fmt::terminal_color::red);
    const std::string drawn = bar(share);
    fmt::format_to(std::back_inserter(out), "  {} {:>11.4g} {:>9} {:>9} {:>9} {:>9}  {}\n",
                   coloured ? fmt::format(colour, "{}", drawn) : drawn, rate,
                   exchanges < telling ? fmt::format("{:.2f}", exchanges) : "", with_unit(each.median("p50_ns")),
                   with_unit(each.median("p99_ns")), with_unit(each.median("max_ns")), id_of(*each.of.subject));
}

void print(std::string& out, group all, bool coloured)
{
    constexpr std::size_t shown = 8;
    std::ranges::sort(all, std::greater{}, [](const result* each) { return each->median("leases_per_s"); });
    const lab_case& of = all.front()->of;
    const std::string title = fmt::format("{}, {} on {}", of.workload_name(), of.who.threads, of.who.slots);
    fmt::format_to(std::back_inserter(out), "{}\n  {:<16} {:>11} {:>9} {:>9} {:>9} {:>9}\n",
                   coloured ? fmt::format(fmt::emphasis::bold, "{}", title) : title, "", "leases/s", "exchanges", "p50",
                   "p99", "max");
    const double best = all.front()->median("leases_per_s");
    for (std::size_t i = 0; i != all.size(); ++i)
        if (i < shown || i + 1 == all.size()) {
            if (i == shown && all.size() > shown + 1)
                fmt::format_to(std::back_inserter(out), "  ... {} more ...\n", all.size() - shown - 1);
            print(out, *all[i], best, coloured);
        }
    out += '\n';
}

} // namespace

std::string summary_of(const std::vector<result>& results, bool coloured)
{
    std::string out;
    for (auto begin = results.begin(); begin != results.end();) {
        const auto end = std::find_if(begin, results.end(), [&](const result& each) {
            return each.of.what != begin->of.what || each.of.who.threads != begin->of.who.threads;
        });
        group all;
        std::transform(begin, end, std::back_inserter(all), [](const result& each) { return &each; });
        print(out, std::move(all), coloured);
        begin = end;
    }
    return out;
}

} // namespace steward::inline v0::lab
