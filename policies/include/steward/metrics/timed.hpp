// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/metrics/sampled.hpp>

namespace steward::inline v0::metrics {

/// Counts everything that `counters` does, and measures how long each lease is held.
///
/// Choose it where holds are long (a database, a service) and every one matters; else `sampled`. Cost: two clock
/// reads for each lease, some ten times the lease itself.
struct timed : sampled<1> {};

} // namespace steward::inline v0::metrics
