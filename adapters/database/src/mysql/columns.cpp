// SPDX-License-Identifier: BSL-1.0
#include "columns.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <memory>

namespace steward::inline v0::adapters::detail {

namespace {

/// Longer values are fetched one by one.
constexpr std::size_t longest_short_value = 1024;
/// The pseudo character set of what is no text.
constexpr unsigned binary = 63;

/// The number of a text such as 12.00 if it is an integer.
value integer_of(std::string_view decimal) noexcept
{
    const std::size_t point = std::min(decimal.find('.'), decimal.size());
    const bool whole = decimal.find_first_not_of(".0", point) == std::string_view::npos;
    decimal = decimal.substr(0, point);
    const auto read = [&](auto& number) {
        return whole && std::from_chars(decimal.data(), decimal.data() + decimal.size(), number).ec == std::errc{};
    };
    if (std::int64_t number = 0; read(number))
        return value{number};
    if (std::uint64_t number = 0; read(number))
        return value::from_unsigned(number);
    return value{std::numeric_limits<double>::quiet_NaN()}; // fits into no integer, and rounding would lie
}

value real_of(std::string_view decimal) noexcept
{
    double number = 0;
    std::from_chars(decimal.data(), decimal.data() + decimal.size(), number);
    return value{number};
}

value number_of_bits(std::string_view bytes) noexcept
{
    std::uint64_t number = 0;
    for (const char byte : bytes)
        number = number << 8 | static_cast<unsigned char>(byte);
    return value::from_unsigned(number);
}

} // namespace

mysql_columns::kind mysql_columns::kind_of(const MYSQL_FIELD& field) noexcept
{
    switch (field.type) {
    case MYSQL_TYPE_NULL: return kind::null;
    case MYSQL_TYPE_TINY:
    case MYSQL_TYPE_SHORT:
    case MYSQL_TYPE_LONG:
    case MYSQL_TYPE_INT24:
    case MYSQL_TYPE_LONGLONG:
    case MYSQL_TYPE_YEAR: return (field.flags & UNSIGNED_FLAG) != 0 ? kind::natural : kind::integer;
    case MYSQL_TYPE_FLOAT:
    case MYSQL_TYPE_DOUBLE: return kind::real;
    case MYSQL_TYPE_DECIMAL:
    case MYSQL_TYPE_NEWDECIMAL: return kind::decimal;
    case MYSQL_TYPE_BIT: return kind::bits;
    case MYSQL_TYPE_GEOMETRY: return kind::blob;
    case MYSQL_TYPE_TINY_BLOB:
    case MYSQL_TYPE_MEDIUM_BLOB:
    case MYSQL_TYPE_LONG_BLOB:
    case MYSQL_TYPE_BLOB:
    case MYSQL_TYPE_VARCHAR:
    case MYSQL_TYPE_VAR_STRING:
    case MYSQL_TYPE_STRING: return field.charsetnr == binary ? kind::blob : kind::text;
    default: return kind::text; // times, dates, and MySQL's JSON, whose character set is `binary` though it is text
    }
}

void mysql_columns::describe(MYSQL_STMT* statement)
{
    const std::unique_ptr<MYSQL_RES, void (*)(MYSQL_RES*)> description{
        mysql_stmt_result_metadata(statement), [](MYSQL_RES* done) { mysql_free_result(done); }};
    columns_.resize(description ? mysql_num_fields(description.get()) : 0);
    for (std::size_t i = 0; i != columns_.size(); ++i) {
        const MYSQL_FIELD& field = *mysql_fetch_field_direct(description.get(), static_cast<unsigned>(i));
        columns_[i].name.assign(field.name, field.name_length);
        columns_[i].what = kind_of(field);
        columns_[i].room = columns_[i].has_bytes() ? std::clamp<std::size_t>(field.length, 64, longest_short_value) : 0;
    }
}

MYSQL_BIND mysql_columns::bind_of(column& column) noexcept
{
    MYSQL_BIND bind{};
    bind.length = &column.length;
    bind.is_null = &column.is_null;
    bind.error = &column.truncated;
    switch (column.what) {
    case kind::null: bind.buffer_type = MYSQL_TYPE_NULL; break;
    case kind::natural: bind.is_unsigned = true; [[fallthrough]];
    case kind::integer:
        bind.buffer_type = MYSQL_TYPE_LONGLONG;
        bind.buffer = &column.integer;
        break;
    case kind::real:
        bind.buffer_type = MYSQL_TYPE_DOUBLE;
        bind.buffer = &column.real;
        break;
    case kind::decimal:
    case kind::text: bind.buffer_type = MYSQL_TYPE_STRING; break;
    case kind::bits:
    case kind::blob: bind.buffer_type = MYSQL_TYPE_BLOB; break;
    }
    if (column.has_bytes()) {
        bind.buffer = column.short_bytes.data();
        bind.buffer_length = column.room;
    }
    return bind;
}

bool mysql_columns::bind(MYSQL_STMT* statement)
{
    binds_.clear();
    for (column& each : columns_) {
        each.short_bytes.resize(each.room);
        binds_.push_back(bind_of(each));
    }
    return mysql_stmt_bind_result(statement, binds_.data()) == 0;
}

bool mysql_columns::fetch_long_values(MYSQL_STMT* statement)
{
    for (std::size_t i = 0; i != columns_.size(); ++i) {
        column& each = columns_[i];
        if (!each.has_bytes() || each.is_null != 0 || each.length <= each.room)
            continue;
        each.long_bytes.resize(each.length);
        MYSQL_BIND whole = binds_[i];
        whole.buffer = each.long_bytes.data();
        whole.buffer_length = each.length;
        if (mysql_stmt_fetch_column(statement, &whole, static_cast<unsigned>(i), 0) != 0)
            return false;
    }
    return true;
}

value mysql_columns::get(std::size_t index, value_kind wanted) const noexcept
{
    const column& from = columns_[index];
    if (from.is_null != 0)
        return value{};
    switch (from.what) {
    case kind::null: return value{};
    case kind::integer: return value{from.integer};
    case kind::natural: return value::from_unsigned(static_cast<std::uint64_t>(from.integer));
    case kind::real: return value{from.real};
    case kind::bits: return number_of_bits(from.bytes());
    case kind::text: return value{from.bytes()};
    case kind::blob: return value{std::as_bytes(std::span{from.bytes()})};
    case kind::decimal: break;
    }
    if (wanted == value_kind::integer)
        return integer_of(from.bytes());
    return wanted == value_kind::real ? real_of(from.bytes()) : value{from.bytes()};
}

void mysql_columns::shrink() noexcept
{
    for (column& each : columns_)
        std::string{}.swap(each.long_bytes);
}

} // namespace steward::inline v0::adapters::detail
