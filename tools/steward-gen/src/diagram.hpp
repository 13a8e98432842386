// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "description.hpp"

#include <string>

namespace steward::gen {

/// The machine and its resources as a Mermaid state diagram.
[[nodiscard]] std::string mermaid_of(const machine_description& machine);
/// The same for Graphviz.
[[nodiscard]] std::string graphviz_of(const machine_description& machine);

} // namespace steward::gen
