// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "cursor.hpp"

#include <steward/adapters/database/detail/driver.hpp>

#include <cstddef>
#include <deque>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace steward::inline v0::adapters::detail {

class mysql_driver;

/// Inserts several rows with each statement.
///
/// The rows of a statement are a power of two in number, so that few different ones are prepared.
class mysql_bulk_writer final : public bulk_writer {
public:
    mysql_bulk_writer(mysql_driver& owner, std::string_view table, std::span<const std::string_view> columns,
                      std::size_t width);

    void add(std::span<const value> row) override;
    void finish() override;

private:
    [[nodiscard]] value kept(const value& of);
    [[nodiscard]] mysql_cursor& statement_for(std::size_t rows);
    [[nodiscard]] std::size_t rows() const noexcept { return values_.size() / width_; }

    mysql_driver& owner_;
    std::string one_row_; // insert into `t` values (?, ?)
    std::size_t width_, most_rows_, most_bytes_;
    std::vector<value> values_;
    std::deque<std::string> bytes_; // of the values' texts and blobs
    std::size_t size_ = 0;          // of them
    std::map<std::size_t, std::unique_ptr<mysql_cursor>> statements_;
};

} // namespace steward::inline v0::adapters::detail
