// SPDX-License-Identifier: BSL-1.0
#pragma once

/// Health: when a resource is looked at. `on_borrow` and `on_return` need an adapter with `validate`.
///
/// | policy | for | one lease costs |
/// | --- | --- | --- |
/// | `none` (default) | what cannot break, or whose breaking the holder handles | nothing |
/// | `on_borrow<Bypass>` | a dead resource must not reach a holder | a validation, outside the bypass window |
/// | `on_return` | holders break resources | a validation, paid at the return |

#include <steward/health/none.hpp>
#include <steward/health/on_borrow.hpp>
#include <steward/health/on_return.hpp>
