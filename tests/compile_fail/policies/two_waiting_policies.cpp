// SPDX-License-Identifier: BSL-1.0
// EXPECT: steward::resource: two waiting policies were given
// EXPECT: "orders"
#include <steward/steward.hpp>

#include "../session_adapter.hpp"

#ifdef STEWARD_COMPILE_FAIL_FIXED
using orders = steward::resource<"orders", session_adapter, steward::waiting::first_come>;
#else
using orders = steward::resource<"orders", session_adapter, steward::waiting::first_come, steward::waiting::spinning>;
#endif

int main() { steward::manager<orders> manager; }
