// SPDX-License-Identifier: BSL-1.0
// EXPECT: has_no_resource_that_needs_maintenance
#include <steward/steward.hpp>

#include "../session_adapter.hpp"

#ifdef STEWARD_COMPILE_FAIL_FIXED
using orders = steward::resource<"orders", session_adapter>;
#else
using orders = steward::resource<"orders", session_adapter, steward::pooling::shared, steward::locking::none>;
#endif

int main()
{
    steward::manager<orders> manager;
    manager.maintain();
}
