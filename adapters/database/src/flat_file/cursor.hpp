// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "../row_buffer.hpp"
#include "../sqlite/cursor.hpp"
#include "watch.hpp"

#include <steward/adapters/database/detail/driver.hpp>

#include <cstddef>
#include <memory>
#include <span>
#include <string>

namespace steward::inline v0::adapters::detail {

class flat_file_driver;

/// A statement on a folder's tables. One that writes outside of a transaction is committed in its first step; the rows that
/// it returns wait in memory.
class flat_file_cursor final : public cursor {
public:
    /// `prepared` is an sqlite_cursor.
    flat_file_cursor(flat_file_driver& owner, std::unique_ptr<cursor> prepared, statement_effects effects);

    void bind(std::span<const value> values, lifetime bytes, std::span<const value_kind> row) override;
    bool step() override;
    [[nodiscard]] std::size_t affected_rows() const override { return statement().affected_rows(); }
    [[nodiscard]] std::size_t column_count() const override { return statement().column_count(); }
    [[nodiscard]] std::string column_name(std::size_t index) const override { return statement().column_name(index); }
    [[nodiscard]] value column(std::size_t index) const override;
    [[nodiscard]] bool finish() noexcept override;

private:
    [[nodiscard]] sqlite_cursor& statement() const noexcept { return static_cast<sqlite_cursor&>(*prepared_); }
    void run_and_commit();

    flat_file_driver& owner_;
    std::unique_ptr<cursor> prepared_;
    statement_effects effects_;
    row_buffer rows_; ///< that a committed statement has returned
    bool committed_ = false;
};

} // namespace steward::inline v0::adapters::detail
