// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <expected>
#include <memory>
#include <string>

struct sqlite3;
struct sqlite3_stmt;

namespace soci {
class session;
class statement;
} // namespace soci

// The border between SOCI and SQLite's own interface. SOCI's header for SQLite includes <sqlite3.h> inside a namespace of
// its own, so no file can include both: native.cpp sees SOCI's, the others see SQLite's.
//
// SOCI opens, prepares, logs and closes; values travel through SQLite's own calls, because SOCI's exchange (4.0.3) binds an
// empty blob as NULL, reads text as the number 0, and wraps integers that do not fit.
namespace steward::inline v0::adapters::detail {

/// A SOCI session on a file or on ":memory:", or SQLite's result code. The name must have passed `can_be_opened_by_soci`.
[[nodiscard]] std::expected<std::unique_ptr<soci::session>, int> open_through_soci(const std::string& name,
                                                                                   bool read_only);

/// A SOCI session on the database in memory of that name, the same for all of the process who say that name; or SQLite's
/// result code. It is there as long as somebody has it open.
[[nodiscard]] std::expected<std::unique_ptr<soci::session>, int> open_in_memory_through_soci(const std::string& name);

/// Whether SOCI's connection string can carry that name: not if it has a quotation mark and needs quoting.
[[nodiscard]] bool can_be_opened_by_soci(const std::string& name, bool read_only);

/// SQLite's handle; null if the user has closed the SOCI session.
[[nodiscard]] sqlite3* native_handle(soci::session& session) noexcept;

/// SQLite's handle of a prepared statement.
[[nodiscard]] sqlite3_stmt* native_handle(soci::statement& statement) noexcept;

/// A statement that SOCI has prepared (its loggers see it) and finalizes.
class native_statement {
public:
    /// The handle is null if preparing failed, with the reason in the connection, or if the text holds no statement.
    native_statement(soci::session& session, const std::string& sql);
    ~native_statement();

    [[nodiscard]] sqlite3_stmt* handle() const noexcept { return handle_; }

private:
    std::unique_ptr<soci::statement> statement_;
    sqlite3_stmt* handle_ = nullptr;
};

} // namespace steward::inline v0::adapters::detail
