// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapters/database.hpp>

#include <string_view>

namespace benchmarks {

/// Each prints its lines and returns how many bounds were missed.
[[nodiscard]] int sqlite_lines();
[[nodiscard]] int postgresql_lines();
[[nodiscard]] int mariadb_lines();

/// 10,000 rows into the empty table bulk (id bigint, name text) of `db`; whether the bound holds.
bool bulk_insert_line(std::string_view server, steward::adapters::session& db);

} // namespace benchmarks
