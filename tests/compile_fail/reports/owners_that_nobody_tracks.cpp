// SPDX-License-Identifier: BSL-1.0
// EXPECT: has_an_ownership_policy_that_tracks_nobody
// EXPECT: "orders"
#include <steward/steward.hpp>

#include "../session_adapter.hpp"

#ifdef STEWARD_COMPILE_FAIL_FIXED
using orders = steward::resource<"orders", session_adapter, steward::ownership::tracked>;
#else
using orders = steward::resource<"orders", session_adapter>;
#endif

int main()
{
    steward::manager<orders> manager;
    return static_cast<int>(manager.owners<"orders">().size());
}
