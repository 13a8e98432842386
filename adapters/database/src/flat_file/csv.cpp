// SPDX-License-Identifier: BSL-1.0
#include "csv.hpp"

#include "value_text.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace steward::inline v0::adapters::detail {

namespace {

constexpr std::string_view byte_order_mark{"\xef\xbb\xbf"};
// No text of a finite number: as a number it is too large for any double.
constexpr std::string_view infinity{"9e999"}, minus_infinity{"-9e999"};

bool is_blob(std::string_view text) noexcept
{
    return text.size() >= 3 && text.starts_with("x'") && text.ends_with('\'');
}

std::string_view digits_of_blob(std::string_view text) noexcept { return text.substr(2, text.size() - 3); }

std::optional<value> number_of(std::string_view text) noexcept
{
    if (text == infinity)
        return value{std::numeric_limits<double>::infinity()};
    if (text == minus_infinity)
        return value{-std::numeric_limits<double>::infinity()};
    return parse_number(text);
}

void append_quoted(std::string& to, std::string_view text)
{
    to += '"';
    for (std::size_t quote = text.find('"'); quote != std::string_view::npos; quote = text.find('"')) {
        to.append(text.substr(0, quote + 1)) += '"';
        text.remove_prefix(quote + 1);
    }
    to.append(text) += '"';
}

/// Whether CSV itself wants it: a file that begins with a byte order mark loses it.
bool needs_quotes(std::string_view text) noexcept
{
    return text.empty() || text.find_first_of("\",\r\n") != std::string_view::npos || text.starts_with(byte_order_mark);
}

} // namespace

csv_reader::csv_reader(std::string_view text) noexcept : rest_{text}
{
    if (rest_.starts_with(byte_order_mark))
        rest_.remove_prefix(byte_order_mark.size());
}

bool csv_reader::wrong(std::string_view expected) noexcept
{
    problem_ = {line_, expected};
    return false;
}

bool csv_reader::next(std::vector<csv_field>& fields)
{
    if (rest_.empty() || problem_)
        return false;
    record_line_ = line_;
    std::size_t count = 0;
    for (bool more = true; more; ++count) {
        if (count == fields.size())
            fields.emplace_back(); // the others are used again, with their memory
        csv_field& field = fields[count];
        field.text.clear();
        field.quoted = rest_.starts_with('"');
        if (!(field.quoted ? read_quoted(field) : read_plain(field)) || !end_field(more))
            return false;
    }
    fields.resize(count);
    return true;
}

bool csv_reader::read_quoted(csv_field& field)
{
    rest_.remove_prefix(1);
    for (;;) {
        const std::size_t quote = rest_.find('"');
        if (quote == std::string_view::npos) {
            line_ = record_line_; // where to look for it
            return wrong("a quotation mark at the end of a field that begins with one");
        }
        const std::string_view part = rest_.substr(0, quote);
        line_ += static_cast<std::size_t>(std::ranges::count(part, '\n'));
        field.text.append(part);
        rest_.remove_prefix(quote + 1);
        if (!rest_.starts_with('"'))
            return true;
        field.text += '"';
        rest_.remove_prefix(1);
    }
}

bool csv_reader::read_plain(csv_field& field)
{
    const std::size_t end = std::min(rest_.find_first_of("\",\r\n"), rest_.size());
    field.text.assign(rest_.substr(0, end));
    rest_.remove_prefix(end);
    return !rest_.starts_with('"') || wrong("quotation marks around the whole field, and two for one inside");
}

bool csv_reader::end_field(bool& more)
{
    more = rest_.starts_with(',');
    if (rest_.empty())
        return true;
    if (rest_.starts_with("\r\n"))
        rest_.remove_prefix(1);
    else if (!more && !rest_.starts_with('\n'))
        return wrong(rest_.starts_with('\r') ? "a line feed behind a carriage return"
                                             : "a comma or the end of the line behind a quoted field");
    if (!more)
        ++line_;
    rest_.remove_prefix(1);
    return true;
}

value value_of(const csv_field& field, bool text_column, std::vector<std::byte>& bytes)
{
    const std::string_view text = field.text;
    if (field.quoted)
        return value{text};
    if (text.empty())
        return value{};
    if (is_blob(text) && parse_hex(digits_of_blob(text), bytes))
        return value{std::span<const std::byte>{bytes}};
    if (!text_column)
        if (const std::optional<value> number = number_of(text))
            return *number;
    return value{text};
}

void append_csv_name(std::string& to, std::string_view name)
{
    if (needs_quotes(name))
        append_quoted(to, name);
    else
        to.append(name);
}

void append_csv(std::string& to, const value& field, bool text_column)
{
    switch (field.kind()) {
    case value_kind::integer: append_integer(to, field.integer()); break;
    case value_kind::real:
        if (std::isinf(field.real()))
            to.append(field.real() > 0 ? infinity : minus_infinity);
        else
            append_real(to, field.real());
        break;
    case value_kind::text: {
        const std::string_view text = field.text();
        if (needs_quotes(text) || is_blob(text) || (!text_column && number_of(text)))
            append_quoted(to, text);
        else
            to.append(text);
        break;
    }
    case value_kind::blob:
        to.append("x'");
        append_hex(to, field.blob());
        to += '\'';
        break;
    default: break; // NULL
    }
}

} // namespace steward::inline v0::adapters::detail
