// SPDX-License-Identifier: BSL-1.0
// EXPECT: steward::resource: this health policy needs an adapter with validate\(\)
// EXPECT: "orders"
#include <steward/steward.hpp>

#include "../session_adapter.hpp"

#ifdef STEWARD_COMPILE_FAIL_FIXED
using orders = steward::resource<"orders", validating_adapter, steward::health::on_return>;
#else
using orders = steward::resource<"orders", session_adapter, steward::health::on_return>;
#endif

int main() { steward::manager<orders> manager; }
