// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "arguments.hpp"
#include "etl_machine.hpp" // made from etl_machine.yaml

/// The same machine as by_hand/machine.hpp, described in YAML.
namespace etl {

using machine = etl_machine::machine;
using job_manager = etl_machine::manager;

} // namespace etl
