// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "description.hpp"

#include <string>

namespace steward::gen {

/// The settings of a machine's resources as `steward::settings` reads them, in YAML; empty if there are none.
[[nodiscard]] std::string settings_text(const machine_description& machine);

} // namespace steward::gen
