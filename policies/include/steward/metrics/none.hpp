// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/policy.hpp>

namespace steward::metrics {

/// Nothing is counted, and `metrics<>()` does not exist for the resource. The default; costs nothing.
struct none : policy {};

} // namespace steward::metrics
