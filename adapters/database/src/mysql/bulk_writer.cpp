// SPDX-License-Identifier: BSL-1.0
#include "bulk_writer.hpp"

#include "../insert_statement.hpp"
#include "driver.hpp"

#include <steward/adapters/database/error.hpp>

#include <algorithm>
#include <bit>
#include <utility>

namespace steward::inline v0::adapters::detail {

namespace {

// Larger ones are no faster.
constexpr std::size_t most_rows_at_once = 1024, most_bytes_at_once = 1024UL * 1024, most_placeholders = 65'535;

std::size_t bytes_of(std::span<const value> row) noexcept
{
    std::size_t sum = 0;
    for (const value& each : row)
        sum += each.kind() == value_kind::text   ? each.text().size()
               : each.kind() == value_kind::blob ? each.blob().size()
                                                 : 0;
    return sum;
}

} // namespace

mysql_bulk_writer::mysql_bulk_writer(mysql_driver& owner, std::string_view table,
                                     std::span<const std::string_view> columns, std::size_t width)
    : owner_{owner}, one_row_{insert_statement(owner, table, columns, width)}, width_{std::max<std::size_t>(width, 1)},
      most_rows_{std::bit_floor(std::min(most_rows_at_once, most_placeholders / width_))},
      most_bytes_{std::min(most_bytes_at_once, owner.max_packet() / 2)}
{
    if (width == 0)
        throw database_error{database_errc::wrong_arguments, "expected rows with fields, got one without"};
    // Names what is wrong with table, columns or width before the range is read.
    static_cast<void>(statement_for(1));
}

mysql_cursor& mysql_bulk_writer::statement_for(std::size_t rows)
{
    std::unique_ptr<mysql_cursor>& statement = statements_[rows];
    if (!statement) {
        std::string sql = one_row_;
        const std::string placeholders = ", " + one_row_.substr(one_row_.size() - (3 * width_));
        for (std::size_t i = 1; i != rows; ++i)
            sql += placeholders;
        statement = std::make_unique<mysql_cursor>(owner_, sql);
    }
    return *statement;
}

value mysql_bulk_writer::kept(const value& of)
{
    if (of.kind() != value_kind::text && of.kind() != value_kind::blob)
        return of;
    const bool text = of.kind() == value_kind::text;
    const std::string& copy =
        text ? bytes_.emplace_back(of.text())
             : bytes_.emplace_back(reinterpret_cast<const char*>(of.blob().data()), of.blob().size());
    size_ += copy.size();
    return text ? value{std::string_view{copy}} : value{std::as_bytes(std::span{copy})};
}

void mysql_bulk_writer::add(std::span<const value> row)
{
    // A large one travels alone: together with others it might be too large.
    if (size_ + bytes_of(row) > most_bytes_)
        finish();
    for (const value& each : row)
        values_.push_back(kept(each));
    if (rows() == most_rows_)
        finish();
}

void mysql_bulk_writer::finish()
{
    std::span<const value> left{values_};
    while (!left.empty()) {
        const std::size_t count = std::bit_floor(left.size() / width_);
        mysql_cursor& statement = statement_for(count);
        statement.bind(left.first(count * width_), lifetime::until_rebound, {});
        while (statement.step()) {}
        left = left.subspan(count * width_);
    }
    values_.clear();
    bytes_.clear();
    size_ = 0;
}

} // namespace steward::inline v0::adapters::detail
