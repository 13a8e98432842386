// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapters/database/detail/connection.hpp>
#include <steward/adapters/database/transaction.hpp>

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

namespace steward::adapters::detail {

/// The compiled half of session::insert: one transaction, rolled back unless finished.
class bulk_insert {
public:
    /// `columns` may be empty: then the values go into the table's columns by position.
    bulk_insert(connection& host, std::string_view table, std::span<const std::string_view> columns, std::size_t width);

    void add(std::span<const value> row);
    /// Commits; returns how many rows were added.
    std::size_t finish();

private:
    const connection& host_;
    transaction transaction_;
    std::unique_ptr<bulk_writer> writer_; // closed before the transaction ends
    std::size_t count_ = 0;
};

} // namespace steward::adapters::detail
