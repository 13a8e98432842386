// SPDX-License-Identifier: BSL-1.0
// EXPECT: has_an_ownership_policy_that_does_not_trace
// EXPECT: "orders"
#include <steward/steward.hpp>

#include "../session_adapter.hpp"

#ifdef STEWARD_COMPILE_FAIL_FIXED
using orders = steward::resource<"orders", session_adapter, steward::ownership::traced<>>;
#else
using orders = steward::resource<"orders", session_adapter, steward::ownership::tracked>;
#endif

int main()
{
    steward::manager<orders> manager;
    return static_cast<int>(manager.traces<"orders">().size());
}
