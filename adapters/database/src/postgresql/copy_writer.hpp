// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapters/database/detail/driver.hpp>

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include <libpq-fe.h>

namespace steward::inline v0::adapters::detail::pg {

class pg_driver;

/// Inserts by COPY: rows are collected in memory, and go out a megabyte at a time. In between the wire is free.
class copy_writer final : public bulk_writer {
public:
    /// `types`: of the columns, in order.
    copy_writer(pg_driver& owner, std::string sql, std::vector<Oid> types);

    void add(std::span<const value> row) override;
    void finish() override;

private:
    void append(const value& from, std::size_t column);
    void send();

    pg_driver& owner_;
    std::string sql_;
    std::vector<Oid> types_;
    std::string rows_; // in COPY's text format
};

/// A writer for these columns of a table, or its first ones; null if COPY does not take them, or if the server would
/// refuse them as an insert, too. One round trip.
[[nodiscard]] std::unique_ptr<bulk_writer> copy_into(pg_driver& owner, std::string_view table,
                                                     std::span<const std::string_view> columns, std::size_t width);

} // namespace steward::inline v0::adapters::detail::pg
