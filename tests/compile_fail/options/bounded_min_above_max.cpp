// SPDX-License-Identifier: BSL-1.0
// EXPECT: steward::pooling::bounded: Min must not be greater than Max
// EXPECT: bounded<5, 2>
#include <steward/steward.hpp>

#include "../session_adapter.hpp"

#ifdef STEWARD_COMPILE_FAIL_FIXED
using orders = steward::resource<"orders", session_adapter, steward::pooling::bounded<2, 5>>;
#else
using orders = steward::resource<"orders", session_adapter, steward::pooling::bounded<5, 2>>;
#endif

int main() { steward::manager<orders> manager; }
