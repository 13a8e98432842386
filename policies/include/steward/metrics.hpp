// SPDX-License-Identifier: BSL-1.0
#pragma once

/// @namespace steward::metrics
/// Metrics: what is counted. All but `none` make `manager.metrics<"name">()` exist.
///
/// | policy | for | one lease costs |
/// | --- | --- | --- |
/// | `none` (default) | nobody looks | nothing |
/// | `counters` | totals | one plain increment |
/// | `sampled<N>` | totals and times | the same, and two clock reads for every N-th |
/// | `timed` | the time of every lease | two clock reads |
/// | `histogram` | percentiles | those of the leases that are timed: each, or every N-th beside `sampled<N>` |
/// | `peak` | the most leases at once | two atomic additions |
/// | `observer<F>` | a function of yours that sees what happens | nothing |
/// | `all<...>` | several of these | their sum |

#include <steward/metrics/all.hpp>
#include <steward/metrics/counters.hpp>
#include <steward/metrics/histogram.hpp>
#include <steward/metrics/none.hpp>
#include <steward/metrics/observer.hpp>
#include <steward/metrics/peak.hpp>
#include <steward/metrics/sampled.hpp>
#include <steward/metrics/timed.hpp>
