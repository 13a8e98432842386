// SPDX-License-Identifier: BSL-1.0
// EXPECT: has_a_metrics_policy_that_counts_nothing
// EXPECT: "orders"
#include <steward/steward.hpp>

#include "../session_adapter.hpp"

#ifdef STEWARD_COMPILE_FAIL_FIXED
using orders = steward::resource<"orders", session_adapter, steward::metrics::counters>;
#else
using orders = steward::resource<"orders", session_adapter>;
#endif

int main()
{
    steward::manager<orders> manager;
    return static_cast<int>(manager.metrics<"orders">().active);
}
