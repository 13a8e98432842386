// SPDX-License-Identifier: BSL-1.0
// EXPECT: steward::resource: two locking policies were given
// EXPECT: "orders"
#include <steward/steward.hpp>

#include "../session_adapter.hpp"

#ifdef STEWARD_COMPILE_FAIL_FIXED
using orders = steward::resource<"orders", session_adapter, steward::locking::none>;
#else
using orders = steward::resource<"orders", session_adapter, steward::locking::mutex, steward::locking::none>;
#endif

int main() { steward::manager<orders> manager; }
