// SPDX-License-Identifier: BSL-1.0
// EXPECT: steward::health::circuit_breaker: Cooldown must be more than zero
#include <steward/steward.hpp>

#include "../session_adapter.hpp"

using namespace steward::literals;

#ifdef STEWARD_COMPILE_FAIL_FIXED
using orders = steward::resource<"orders", session_adapter, steward::health::circuit_breaker<5, 1_s>>;
#else
using orders = steward::resource<"orders", session_adapter, steward::health::circuit_breaker<5, 0_s>>;
#endif

int main() { steward::manager<orders> manager; }
