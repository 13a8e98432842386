// SPDX-License-Identifier: BSL-1.0
#pragma once

/// @namespace steward::health
/// Health: when a resource is looked at, and who is refused. `on_borrow`, `on_return` and `periodic` need an adapter with
/// `validate`.
///
/// | policy | for | one lease costs |
/// | --- | --- | --- |
/// | `none` (default) | what cannot break, or whose breaking the holder handles | nothing |
/// | `on_borrow<Bypass>` | a dead resource must not reach a holder | a validation, outside the bypass window |
/// | `on_return` | holders break resources | a validation, paid at the return |
/// | `periodic` | what dies while it rests | nothing |
/// | `circuit_breaker<Failures, Cooldown>` | services that can be down | a relaxed load |
/// | `passive<Failures>` | only use shows what works | nothing |
/// | `all<...>` | several of these | their sum |

#include <steward/health/all.hpp>
#include <steward/health/circuit_breaker.hpp>
#include <steward/health/none.hpp>
#include <steward/health/on_borrow.hpp>
#include <steward/health/on_return.hpp>
#include <steward/health/passive.hpp>
#include <steward/health/periodic.hpp>
