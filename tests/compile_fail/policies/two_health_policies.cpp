// SPDX-License-Identifier: BSL-1.0
// EXPECT: steward::resource: two health policies were given
// EXPECT: "orders"
#include <steward/steward.hpp>

#include "../session_adapter.hpp"

#ifdef STEWARD_COMPILE_FAIL_FIXED
using orders = steward::resource<"orders", validating_adapter, steward::health::on_borrow<>>;
#else
using orders = steward::resource<"orders", validating_adapter, steward::health::none, steward::health::on_borrow<>>;
#endif

int main() { steward::manager<orders> manager; }
