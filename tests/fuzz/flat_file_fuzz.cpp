// SPDX-License-Identifier: BSL-1.0
//
// Any text is rows, or a problem on one of its lines; rows that are written are read as they were. The first byte chooses
// the format.
#include "flat_file/csv.hpp"
#include "flat_file/json_lines.hpp"
#include "flat_file/value_text.hpp"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace {

using namespace steward::adapters::detail;

void expect(bool condition)
{
    if (!condition)
        std::abort();
}

bool same(const value& a, const value& b)
{
    if (a.kind() != b.kind())
        return false;
    switch (a.kind()) {
    case value_kind::integer: return a.integer() == b.integer();
    case value_kind::real: return std::bit_cast<std::uint64_t>(a.real()) == std::bit_cast<std::uint64_t>(b.real());
    case value_kind::text: return a.text() == b.text();
    case value_kind::blob: return std::ranges::equal(a.blob(), b.blob());
    default: return true;
    }
}

template <class Reader, class Row>
std::vector<Row> read_all(std::string_view text)
{
    Reader reader{text};
    std::vector<Row> rows;
    Row row;
    while (reader.next(row))
        rows.push_back(row);
    if (reader.problem())
        expect(!reader.problem()->expected.empty() && reader.problem()->line >= 1
               && reader.problem()->line <= 1 + static_cast<std::size_t>(std::ranges::count(text, '\n')));
    return rows;
}

void try_csv(std::string_view text, bool text_column)
{
    using record = std::vector<csv_field>;
    const auto rows = read_all<csv_reader, record>(text);
    std::string written;
    std::vector<std::byte> bytes, bytes_again;
    for (const record& row : rows) {
        for (const csv_field& field : row) {
            if (&field != row.data())
                written += ',';
            append_csv(written, value_of(field, text_column, bytes), text_column);
        }
        written += '\n';
    }
    const auto again = read_all<csv_reader, record>(written);
    expect(again.size() == rows.size());
    for (std::size_t i = 0; i != rows.size(); ++i) {
        expect(again[i].size() == rows[i].size());
        for (std::size_t j = 0; j != rows[i].size(); ++j)
            expect(same(value_of(rows[i][j], text_column, bytes), value_of(again[i][j], text_column, bytes_again)));
    }
}

void try_json_lines(std::string_view text)
{
    using object = std::vector<json_member>;
    const auto rows = read_all<json_lines_reader, object>(text);
    std::string written;
    for (const object& row : rows) {
        written += '{';
        for (const json_member& member : row) {
            if (&member != row.data())
                written += ',';
            append_json_text(written, member.name);
            written += ':';
            append_json(written, member.get());
        }
        written += "}\n";
    }
    const auto again = read_all<json_lines_reader, object>(written);
    expect(again.size() == rows.size());
    for (std::size_t i = 0; i != rows.size(); ++i)
        expect(std::ranges::equal(rows[i], again[i], [](const json_member& a, const json_member& b) {
            return a.name == b.name && same(a.get(), b.get());
        }));
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    std::string_view text{reinterpret_cast<const char*>(data), size};
    if (text.empty())
        return 0;
    const char format = text.front();
    text.remove_prefix(1);
    if (not_utf8(text)) // refused before anything is read
        return 0;
    if (format == '{')
        try_json_lines(text);
    else
        try_csv(text, format == 't');
    return 0;
}
