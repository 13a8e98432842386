// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "native.hpp"

#include <steward/adapters/database/detail/driver.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace steward::inline v0::adapters::detail {

class sqlite_driver;

/// A statement of SQLite.
class sqlite_cursor final : public cursor {
public:
    sqlite_cursor(sqlite_driver& owner, std::string_view sql, bool reusable = false);

    void bind(std::span<const value> values, lifetime bytes, std::span<const value_kind> row) override;
    bool step() override;
    [[nodiscard]] std::size_t affected_rows() const override;
    [[nodiscard]] std::size_t column_count() const override;
    [[nodiscard]] std::string column_name(std::size_t index) const override;
    [[nodiscard]] value column(std::size_t index) const override;
    [[nodiscard]] bool finish() noexcept override;

    /// Whether running it may change the database, or begins a transaction that is going to.
    [[nodiscard]] bool writes() const noexcept;
    /// Whether it only tells how another one would run.
    [[nodiscard]] bool explains() const noexcept;

private:
    [[nodiscard]] sqlite3* connection() const noexcept;
    [[nodiscard]] std::string_view sql() const noexcept;
    /// SQLite's result code.
    [[nodiscard]] int bind_one(int position, const value& argument, lifetime bytes);

    sqlite_driver& owner_;
    native_statement statement_;
    long long changes_before_ = 0;
    bool reusable_;
};

} // namespace steward::inline v0::adapters::detail
