// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "description.hpp"
#include "function_set.hpp"
#include "text_writer.hpp"

#include <string>

namespace steward::gen {

/// Writes a namespace for each network, with its states and its machine: the name of the main one's.
[[nodiscard]] std::string write_networks(text_writer& out, const machine_description& machine,
                                         const function_set& functions);

} // namespace steward::gen
