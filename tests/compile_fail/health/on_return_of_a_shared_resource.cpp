// SPDX-License-Identifier: BSL-1.0
// EXPECT: steward::resource: a health policy that looks at what comes back does not go with a shared resource
// EXPECT: "orders"
#include <steward/steward.hpp>

#include "../session_adapter.hpp"

#ifdef STEWARD_COMPILE_FAIL_FIXED
using orders = steward::resource<"orders", validating_adapter, steward::health::on_borrow<>, steward::pooling::shared>;
#else
using orders = steward::resource<"orders", validating_adapter, steward::health::on_return, steward::pooling::shared>;
#endif

int main() { steward::manager<orders> manager; }
