// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/policy.hpp>

namespace steward::inline v0::metrics {

/// Nothing is counted, and `metrics<>()` does not exist for the resource. The default; costs nothing.
struct none : policy {};

} // namespace steward::inline v0::metrics
