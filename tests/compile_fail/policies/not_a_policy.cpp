// SPDX-License-Identifier: BSL-1.0
// EXPECT: steward::resource: an argument behind the adapter is not a policy
// EXPECT: "orders"
#include <steward/steward.hpp>

#include "../session_adapter.hpp"

#ifdef STEWARD_COMPILE_FAIL_FIXED
using orders = steward::resource<"orders", session_adapter>;
#else
using orders = steward::resource<"orders", session_adapter, int>;
#endif

int main() { steward::manager<orders> manager; }
