// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapters/database/error.hpp>

#include <string_view>

struct sqlite3;

namespace steward::inline v0::adapters::detail {

/// The portable code of one of SQLite's (extended) result codes.
[[nodiscard]] database_errc portable_code(int sqlite_code) noexcept;

/// What just went wrong on a connection.
[[nodiscard]] database_error last_error(sqlite3* connection, std::string_view statement);

/// Whether a connection on which that happened must prove that it still works before it is used by others.
[[nodiscard]] bool casts_doubt_on_the_connection(database_errc code) noexcept;

} // namespace steward::inline v0::adapters::detail
