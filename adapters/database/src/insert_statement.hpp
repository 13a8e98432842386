// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapters/database/detail/driver.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>

namespace steward::inline v0::adapters::detail {

/// `schema.table`, each part quoted.
[[nodiscard]] std::string quoted_path(const driver& backend, std::string_view table);

/// `insert into "table" ("a", "b") values (?, ?)`, without the list of columns where there are none.
[[nodiscard]] std::string insert_statement(const driver& backend, std::string_view table,
                                           std::span<const std::string_view> columns, std::size_t width);

} // namespace steward::inline v0::adapters::detail
