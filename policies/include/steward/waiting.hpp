// SPDX-License-Identifier: BSL-1.0
#pragma once

/// @namespace steward::waiting
/// Waiting: whose turn it is when a slot is freed while somebody waits.
///
/// | policy | for | one lease costs |
/// | --- | --- | --- |
/// | `overtaking<Time>` (default, 100 µs) | everything | nothing where a slot is free |
/// | `first_come` | fairness before speed | a look at the queue |
/// | `spinning` | more processors than threads | a processor for each who waits |

#include <steward/waiting/first_come.hpp>
#include <steward/waiting/overtaking.hpp>
#include <steward/waiting/spinning.hpp>
