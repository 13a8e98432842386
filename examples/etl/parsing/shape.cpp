// SPDX-License-Identifier: BSL-1.0
#include "parsing/shape.hpp"

#include "parsing/separated.hpp"

#include <fmt/format.h>
#include <range/v3/algorithm/any_of.hpp>
#include <range/v3/range/conversion.hpp>
#include <range/v3/view/enumerate.hpp>
#include <range/v3/view/transform.hpp>
#include <range/v3/view/trim.hpp>

namespace etl {

namespace {

[[nodiscard]] char folded(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

[[nodiscard]] bool same_name(std::string_view a, std::string_view b)
{
    return std::ranges::equal(a, b, {}, folded, folded);
}

/// The name itself, or with a number behind it where it is already taken; `line` is the key of the table.
[[nodiscard]] std::string different_from(const std::vector<std::string>& taken, const std::string& name)
{
    const auto is_taken = [&](std::string_view wanted) {
        return same_name(wanted, "line")
               || ranges::any_of(taken, [&](std::string_view other) { return same_name(wanted, other); });
    };
    std::string result = name;
    for (int number = 2; is_taken(result); ++number)
        result = fmt::format("{}_{}", name, number);
    return result;
}

[[nodiscard]] std::string trimmed(std::string_view text)
{
    return text | ranges::views::trim([](char c) { return c == ' ' || c == '\t' || c == '"'; })
           | ranges::to<std::string>();
}

} // namespace

shape delimited_shape(std::string_view first_line, char delimiter, bool header)
{
    shape result{.kind = "delimited", .delimiter = delimiter, .header = header};
    for (const auto& [index, field] : fields_of(first_line, delimiter) | ranges::views::enumerate) {
        std::string name = header ? trimmed(field) : std::string{};
        if (name.empty())
            name = fmt::format("c{}", index + 1);
        result.columns.push_back(different_from(result.columns, name));
    }
    return result;
}

std::string reason_to_reject(const shape& expected, std::string_view line, fields row)
{
    if (row.size() == expected.columns.size())
        return std::string{expected.fault(row)};
    if (line.empty())
        return "the line is empty";
    return fmt::format("expected {} fields, found {}", expected.columns.size(), row.size());
}

} // namespace etl
