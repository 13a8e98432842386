// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapters/database/detail/connection.hpp>
#include <steward/adapters/database/error.hpp>
#include <steward/adapters/database/row.hpp>

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace steward::inline v0::adapters::detail {

/// A query that may still have rows; it closes itself at its end, when it fails, and when its session is given back.
class open_result final : private guest {
public:
    /// Prepares and binds; nothing runs yet. Throws wrong_row if the statement does not return one column for each kind.
    open_result(connection& host, std::string_view sql, std::span<const value> arguments, lifetime argument_bytes,
                std::span<const value_kind> row);
    ~open_result();

    /// Runs to the next row; false at the end. Throws `expired` once the session was given back.
    bool step();
    [[nodiscard]] value column(std::size_t index) const { return statement_->column(index); }
    /// Throws no_row or too_many_rows, with the statement.
    [[noreturn]] void fail_count(database_errc code) const;
    [[noreturn]] void fail_load(load_result problem, std::size_t index, std::string_view expected);

    /// Reads the current row; the session was not given back since `step`.
    template <class Row>
    void read(Row& row)
    {
        [&]<std::size_t... I>(std::index_sequence<I...>) {
            (read_column<I>(field<I>(row)), ...);
        }(std::make_index_sequence<row_size<Row>()>{});
    }

private:
    template <std::size_t I, class T>
    void read_column(T& to)
    {
        if (const load_result result = load_column(column(I), to); result != load_result::done) [[unlikely]]
            fail_load(result, I, expected_in_column<T>());
    }

    void expire() noexcept override { statement_.reset(); }
    /// Throws wrong_row unless there is one column for each field.
    void check_width() const;

    prepared statement_;
    std::string sql_; // for messages
    std::size_t width_;
    bool started_ = false, ended_ = false;
};

} // namespace steward::inline v0::adapters::detail
