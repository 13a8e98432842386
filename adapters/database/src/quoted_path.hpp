// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapters/database/detail/driver.hpp>

#include <string>
#include <string_view>

namespace steward::adapters::detail {

/// `schema.table`, each part quoted.
[[nodiscard]] std::string quoted_path(const driver& backend, std::string_view table);

} // namespace steward::adapters::detail
