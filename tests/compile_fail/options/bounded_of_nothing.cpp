// SPDX-License-Identifier: BSL-1.0
// EXPECT: steward::pooling::bounded: Max must be at least 1
// EXPECT: bounded<0, 0>
#include <steward/steward.hpp>

#include "../session_adapter.hpp"

#ifdef STEWARD_COMPILE_FAIL_FIXED
using orders = steward::resource<"orders", session_adapter, steward::pooling::bounded<0, 1>>;
#else
using orders = steward::resource<"orders", session_adapter, steward::pooling::bounded<0, 0>>;
#endif

int main() { steward::manager<orders> manager; }
