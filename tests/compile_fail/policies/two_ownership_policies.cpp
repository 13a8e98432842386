// SPDX-License-Identifier: BSL-1.0
// EXPECT: steward::resource: two ownership policies were given
// EXPECT: "orders"
#include <steward/steward.hpp>

#include "../session_adapter.hpp"

#ifdef STEWARD_COMPILE_FAIL_FIXED
using orders = steward::resource<"orders", session_adapter, steward::ownership::tracked>;
#else
using orders = steward::resource<"orders", session_adapter, steward::ownership::none, steward::ownership::tracked>;
#endif

int main() { steward::manager<orders> manager; }
