// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "cases.hpp"

namespace steward::inline v0::lab {

void hot_loop(measurement&);          ///< acquire, release
void short_hold(measurement&);        ///< computes for 1 µs with what it holds
void long_hold(measurement&);         ///< blocks for 100 µs with it, as a database would
void crowded_computing(measurement&); ///< computes for 5 µs; for more threads than slots
void bursts(measurement&);            ///< all threads ask at once, block for 100 µs each, rest for 1 ms, and again
void slow_create(measurement&);       ///< every 100th lease ends with its resource, and making another takes long
void flapping(measurement&); ///< every 10th resource is broken when it comes back; who gets a broken one tries again
void several(measurement&);  ///< an owner takes three resources together
void own(measurement&);      ///< a user's workload; what is measured is the time of one run of it

} // namespace steward::inline v0::lab
