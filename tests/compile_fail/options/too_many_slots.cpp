// SPDX-License-Identifier: BSL-1.0
// EXPECT: steward::pooling: a pool has at most 65,535 slots
// EXPECT: 100000
#include <steward/steward.hpp>

#include "../session_adapter.hpp"

#ifdef STEWARD_COMPILE_FAIL_FIXED
using orders = steward::resource<"orders", session_adapter, steward::pooling::arena<1000>>;
#else
using orders = steward::resource<"orders", session_adapter, steward::pooling::arena<100000>>;
#endif

int main() { steward::manager<orders> manager; }
