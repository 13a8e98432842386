// SPDX-License-Identifier: BSL-1.0
// EXPECT: steward::resource: two pooling policies were given
// EXPECT: "orders"
#include <steward/steward.hpp>

#include "../session_adapter.hpp"

#ifdef STEWARD_COMPILE_FAIL_FIXED
using orders = steward::resource<"orders", session_adapter, steward::pooling::bounded<0, 2>>;
#else
using orders = steward::resource<"orders", session_adapter, steward::pooling::shared, steward::pooling::bounded<0, 2>>;
#endif

int main() { steward::manager<orders> manager; }
