// SPDX-License-Identifier: BSL-1.0
// EXPECT: steward::pooling::arena: Max must be at least 1
// EXPECT: arena<0>
#include <steward/steward.hpp>

#include "../session_adapter.hpp"

#ifdef STEWARD_COMPILE_FAIL_FIXED
using orders = steward::resource<"orders", session_adapter, steward::pooling::arena<1>>;
#else
using orders = steward::resource<"orders", session_adapter, steward::pooling::arena<0>>;
#endif

int main() { steward::manager<orders> manager; }
