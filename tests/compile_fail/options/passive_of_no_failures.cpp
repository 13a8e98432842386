// SPDX-License-Identifier: BSL-1.0
// EXPECT: steward::health::passive: Failures must be at least 1
#include <steward/steward.hpp>

#include "../session_adapter.hpp"

#ifdef STEWARD_COMPILE_FAIL_FIXED
using orders = steward::resource<"orders", session_adapter, steward::health::passive<1>>;
#else
using orders = steward::resource<"orders", session_adapter, steward::health::passive<0>>;
#endif

int main() { steward::manager<orders> manager; }
