// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/policy.hpp>

namespace steward::inline v0::health {

/// Nothing is validated; `health<>()` answers what the adapter says, else unknown. The default; costs nothing.
struct none : policy {};

} // namespace steward::inline v0::health
