// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "description.hpp"

#include <string>
#include <string_view>

namespace steward::gen {

/// The header of a machine: resources, catalog, functions, networks, `machine`, `manager`, `settings()`.
/// `header` is its own file's name.
[[nodiscard]] std::string header_of(const machine_description& machine, std::string_view header);

} // namespace steward::gen
