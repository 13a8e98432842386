// SPDX-License-Identifier: BSL-1.0
// A small matrix: one pair for threads without slots, one with slots for a single thread.
#include <steward/lab/matrix.hpp>

namespace {

using namespace steward::lab;

[[maybe_unused]] const bool added =
    add_pair<standard_manager, standard_workloads, lockings::lock_free, poolings::transient>()
    && add_pair<standard_manager, standard_workloads, lockings::none, poolings::bounded>();

} // namespace
