// SPDX-License-Identifier: BSL-1.0
#pragma once

/// @namespace steward::pooling
/// Pooling: how many resources there are, and where they live.
///
/// | policy | for | waits |
/// | --- | --- | --- |
/// | `bounded<Min, Max>` (default `<0, 8>`) | what serves one holder at a time | yes |
/// | `arena<Max>` | the same, large and mostly unused | yes |
/// | `shared` | one resource that serves any number of holders | no |
/// | `transient` | a fresh resource for each lease | no |

#include <steward/pooling/arena.hpp>
#include <steward/pooling/bounded.hpp>
#include <steward/pooling/shared.hpp>
#include <steward/pooling/transient.hpp>
