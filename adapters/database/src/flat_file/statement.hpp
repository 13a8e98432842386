// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "../sqlite/fail.hpp"

#include <steward/adapters/database/detail/value.hpp>

#include <sqlite3.h>

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace steward::inline v0::adapters::detail {

/// `"name"`, whatever characters it has.
[[nodiscard]] std::string quoted_name(std::string_view name);

/// A statement of our own on SQLite's interface. Errors: database_error, with SQLite's reason.
class raw_statement {
public:
    /// Prepares the first statement of a text; `rest`, if given, gets what follows. May hold nothing, for a text without one.
    raw_statement(sqlite3* connection, std::string_view sql, std::string_view* rest = nullptr);

    [[nodiscard]] explicit operator bool() const noexcept { return statement_ != nullptr; }

    /// The bytes behind texts and blobs live until the next `bind` or the end.
    void bind(std::span<const value> values);
    /// Runs to the next row.
    bool step();
    [[nodiscard]] value column(int index) const noexcept;
    [[nodiscard]] std::string_view text(int index) const noexcept;

private:
    struct finalizer {
        void operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }
    };

    sqlite3* connection_;
    std::unique_ptr<sqlite3_stmt, finalizer> statement_;
};

/// Runs one statement to its end.
void run(sqlite3* connection, std::string_view sql, std::span<const value> values = {});

} // namespace steward::inline v0::adapters::detail
