// SPDX-License-Identifier: BSL-1.0
#pragma once

/// @namespace steward::ownership
/// Ownership: who is known to hold what.
///
/// | policy | for | one lease costs |
/// | --- | --- | --- |
/// | `none` (default) | nobody asks | nothing |
/// | `tracked` | `owners<>()`, and time-outs that name the holders | four plain stores |
/// | `traced<Threshold>` | the line that took each lease, and reports of forgotten ones | ten plain stores |

#include <steward/ownership/none.hpp>
#include <steward/ownership/traced.hpp>
#include <steward/ownership/tracked.hpp>
