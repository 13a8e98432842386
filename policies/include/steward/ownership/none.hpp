// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/policy.hpp>

namespace steward::inline v0::ownership {

/// Nobody remembers who holds what, and `owners<>()` does not exist for the resource. The default; costs nothing.
/// Owners work all the same: what they hold is their own knowledge.
struct none : policy {};

} // namespace steward::inline v0::ownership
