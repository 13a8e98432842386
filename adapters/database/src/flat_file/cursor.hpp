// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "../sqlite/cursor.hpp"
#include "watch.hpp"

#include <steward/adapters/database/detail/driver.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <variant>
#include <vector>

namespace steward::adapters::detail {

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
    using owned_value = std::variant<std::monostate, std::int64_t, double, std::string, std::vector<std::byte>>;
    using owned_row = std::vector<owned_value>;

    [[nodiscard]] sqlite_cursor& statement() const noexcept { return static_cast<sqlite_cursor&>(*prepared_); }
    void run_and_commit();
    [[nodiscard]] owned_row current_row() const;

    flat_file_driver& owner_;
    std::unique_ptr<cursor> prepared_;
    statement_effects effects_;
    std::vector<owned_row> rows_; ///< that a committed statement has returned
    std::size_t next_row_ = 0;    ///< 1 + the current one
    bool committed_ = false;
};

} // namespace steward::adapters::detail
