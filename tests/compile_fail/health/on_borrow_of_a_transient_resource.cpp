// SPDX-License-Identifier: BSL-1.0
// EXPECT: steward::resource: a validating health policy does not go with transient resources
// EXPECT: "orders"
#include <steward/steward.hpp>

#include "../session_adapter.hpp"

#ifdef STEWARD_COMPILE_FAIL_FIXED
using orders = steward::resource<"orders", validating_adapter, steward::health::on_borrow<>>;
#else
using orders =
    steward::resource<"orders", validating_adapter, steward::health::on_borrow<>, steward::pooling::transient>;
#endif

int main() { steward::manager<orders> manager; }
