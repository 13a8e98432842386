// SPDX-License-Identifier: BSL-1.0
// EXPECT: steward::resource: ownership::traced does not go with a shared resource
// EXPECT: "orders"
#include <steward/steward.hpp>

#include "../session_adapter.hpp"

#ifdef STEWARD_COMPILE_FAIL_FIXED
using orders = steward::resource<"orders", session_adapter, steward::pooling::shared, steward::ownership::tracked>;
#else
using orders = steward::resource<"orders", session_adapter, steward::pooling::shared, steward::ownership::traced<>>;
#endif

int main() { steward::manager<orders> manager; }
