// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapters/database/detail/connection.hpp>
#include <steward/adapters/database/row.hpp>
#include <steward/adapters/database/transaction.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <ranges>
#include <span>
#include <string_view>
#include <vector>

namespace steward::inline v0::adapters::detail {

/// The compiled half of session::insert: one transaction, rolled back unless finished.
class bulk_insert final : private guest {
public:
    /// `columns` may be empty: then the values go into the table's columns by position.
    bulk_insert(connection& host, std::string_view table, std::span<const std::string_view> columns, std::size_t width);

    /// Throws wrong_arguments unless the row is as wide as the others.
    void add(std::span<const value> row);
    /// Commits; returns how many rows were added.
    std::size_t finish();

private:
    void expire() noexcept override { writer_.reset(); } // before the connection, which it would say goodbye to

    const connection& host_;
    std::size_t width_;
    transaction transaction_;
    std::unique_ptr<bulk_writer> writer_; // closed before the transaction ends
    std::size_t count_ = 0;
};

template <class Row, class Rows>
std::size_t insert_rows(connection& host, std::string_view table, std::span<const std::string_view> columns,
                        Rows& range)
{
    check_row_to_insert<Row>();
    bulk_insert inserter{host, table, columns, row_size<Row>()};
    for (auto&& element : range) {
        const Row& current = element; // a range of proxies gives a temporary that lives as long as this line needs
        inserter.add(row_values(current));
    }
    return inserter.finish();
}

/// The same for rows that are ranges: the first one says how many fields all of them have.
template <class Rows>
std::size_t insert_ranges(connection& host, std::string_view table, std::span<const std::string_view> columns,
                          Rows& range)
{
    std::optional<bulk_insert> inserter;
    std::vector<value> values;
    for (auto&& element : range) {
        const std::ranges::range_value_t<Rows>& current = element;
        values.clear();
        for (auto&& field : current)
            values.push_back(to_value(field));
        if (!inserter)
            inserter.emplace(host, table, columns, values.size());
        inserter->add(values);
    }
    return inserter ? inserter->finish() : 0;
}

} // namespace steward::inline v0::adapters::detail
