// SPDX-License-Identifier: BSL-1.0
#include "parsing/source.hpp"

#include "parsing/fingerprint.hpp"
#include "parsing/separated.hpp"
#include "parsing/unicode.hpp"

#include <fmt/format.h>
#include <range/v3/range/operations.hpp>

#include <algorithm>
#include <stdexcept>

namespace etl {

namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

/// Behind the end of the line that begins at `begin`; the end of the text for the last one.
[[nodiscard]] std::size_t next_line(std::string_view text, std::size_t begin)
{
    const std::size_t end = text.find('\n', begin);
    return end == std::string_view::npos ? text.size() : end + 1;
}

[[nodiscard]] std::string fingerprint_of(const shape& rows, std::string_view text)
{
    fingerprint result;
    result.add(rows.kind);
    result.add({&rows.delimiter, 1});
    result.add(rows.header ? "header" : "no header");
    result.add(text);
    return result.text();
}

} // namespace

source describe(std::string file, std::string_view text, const reading& how)
{
    source result{.file = std::move(file), .bytes = text.size()};
    result.begin = text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
    const std::string_view content = text.substr(result.begin);
    if (how.unicode) {
        result.rows = unicode_shape();
    } else {
        if (content.empty())
            throw std::runtime_error{
                fmt::format("'{}' is empty: there is no first row that says how many fields to expect", result.file)};
        auto lines = lines_of(content);
        result.rows = delimited_shape(ranges::front(lines), how.delimiter, how.header);
        if (how.header) {
            result.begin = next_line(text, result.begin);
            result.first_line = 2;
        }
    }
    result.fingerprint = fingerprint_of(result.rows, text);
    return result;
}

std::vector<chunk> cut(const source& from, std::string_view text, std::size_t rows_each)
{
    std::vector<chunk> chunks;
    std::size_t line = from.first_line;
    for (std::size_t at = from.begin; at < text.size(); at = chunks.back().begin + chunks.back().bytes) {
        std::size_t end = at, rows = 0;
        for (; rows < rows_each && end < text.size(); ++rows)
            end = next_line(text, end);
        chunks.push_back({chunks.size(), at, end - at, line, rows});
        line += rows;
    }
    return chunks;
}

} // namespace etl
