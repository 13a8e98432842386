// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/format/as_text.hpp>
#include <steward/format/duration.hpp>
#include <steward/format/status.hpp>
#include <steward/resource_status.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <functional>
#include <ranges>
#include <string>
#include <string_view>
#include <vector>

namespace steward::inline v0 {

namespace detail {

/// One column of the table: its heading, whether it holds numbers, and the cell of a resource.
struct table_column {
    std::string_view heading;
    bool number;
    std::string (*cell)(const resource_status&);
};

inline constexpr std::string_view no_cell = "-";

/// A number of the metrics policy; absent where there is none.
template <auto Member>
[[nodiscard]] std::string total_cell(const resource_status& status)
{
    return status.totals ? std::to_string((*status.totals).*Member) : std::string{no_cell};
}

/// How long leases were held; absent where the metrics policy does not measure it.
template <auto Member>
[[nodiscard]] std::string time_cell(const resource_status& status)
{
    if (!status.totals || status.totals->hold_time.count == 0)
        return std::string{no_cell};
    return readable(std::invoke(Member, status.totals->hold_time));
}

inline constexpr std::array table_columns{
    table_column{"name", false, [](const resource_status& s) { return std::string{s.name}; }},
    table_column{"state", false, [](const resource_status& s) { return std::string{to_string(s.state)}; }},
    table_column{"size", true, [](const resource_status& s) { return std::to_string(s.size); }},
    table_column{"available", true, [](const resource_status& s) { return std::to_string(s.available); }},
    table_column{"active", true, [](const resource_status& s) { return std::to_string(s.active); }},
    table_column{
        "capacity", true,
        [](const resource_status& s) { return s.capacity == 0 ? std::string{no_cell} : std::to_string(s.capacity); }},
    table_column{
        "owners", false,
        [](const resource_status& s) { return s.owners.empty() ? std::string{no_cell} : listed_owners(s.owners); }},
    table_column{"acquired", true, total_cell<&metrics_snapshot::acquisitions>},
    table_column{"time-outs", true, total_cell<&metrics_snapshot::timeouts>},
    table_column{"failures", true, total_cell<&metrics_snapshot::failures>},
    table_column{"created", true, total_cell<&metrics_snapshot::creations>},
    table_column{"held", true, time_cell<&duration_summary::average>},
    table_column{"longest", true, time_cell<&duration_summary::max>},
    table_column{"health", false, [](const resource_status& s) { return std::string{to_string(s.health)}; }},
};

using table_row = std::array<std::string, table_columns.size()>;

/// How many characters a UTF-8 text has.
[[nodiscard]] inline std::size_t characters(std::string_view text)
{
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; }));
}

[[nodiscard]] inline table_row table_headings()
{
    table_row row;
    std::ranges::transform(table_columns, row.begin(), [](const table_column& c) { return std::string{c.heading}; });
    return row;
}

[[nodiscard]] inline table_row table_cells(const resource_status& status)
{
    table_row row;
    std::ranges::transform(table_columns, row.begin(), [&](const table_column& c) { return c.cell(status); });
    return row;
}

/// Numbers stand at the right of their column, texts at the left; no blanks behind the last one.
inline void append_line(std::string& out, const table_row& row,
                        const std::array<std::size_t, table_columns.size()>& widths)
{
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i) {
        const std::string blanks(widths[i] - characters(row[i]), ' ');
        line.append(i == 0 ? "" : "  ");
        table_columns[i].number ? line.append(blanks).append(row[i]) : line.append(row[i]).append(blanks);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out.append(out.empty() ? "" : "\n").append(line);
}

} // namespace detail

/// The statuses of several resources as a table: a line for each under a line of headings, in aligned columns, without
/// a line's end behind the last. What is not known or has no bound is `-`; `held` is the average time of a lease, and
/// `longest` the longest one.
class status_table {
public:
    /// Takes what the statuses say now.
    template <std::ranges::input_range Statuses>
    explicit status_table(const Statuses& statuses) : lines_{detail::table_headings()}
    {
        for (const resource_status& status : statuses)
            lines_.push_back(detail::table_cells(status));
    }

    /// The table's lines.
    [[nodiscard]] friend std::string to_string(const status_table& table)
    {
        std::array<std::size_t, detail::table_columns.size()> widths{};
        for (const auto& line : table.lines_)
            std::ranges::transform(line, widths, widths.begin(), [](const std::string& cell, std::size_t width) {
                return std::max(width, detail::characters(cell));
            });
        std::string text;
        for (const auto& line : table.lines_)
            detail::append_line(text, line, widths);
        return text;
    }

private:
    std::vector<detail::table_row> lines_;
};

/// All resources of a manager as they are now, in its order: `fmt::print("{}\n", table_of(manager))`.
template <class Manager>
[[nodiscard]] status_table table_of(Manager& manager)
{
    return status_table{manager.status()};
}

/// The same as a text.
template <class Manager>
[[nodiscard]] std::string format_table(Manager& manager)
{
    return to_string(table_of(manager));
}

} // namespace steward::inline v0

template <>
struct fmt::formatter<steward::status_table> : steward::detail::as_text<steward::status_table> {};
