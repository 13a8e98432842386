// SPDX-License-Identifier: BSL-1.0
// EXPECT: steward::pooling: a pooling policy needs options and pool<Traits>
// EXPECT: "orders"
#include <steward/steward.hpp>

#include "../session_adapter.hpp"

#ifdef STEWARD_COMPILE_FAIL_FIXED
struct own_pooling : steward::pooling::bounded<0, 1> {};
#else
struct own_pooling : steward::pooling::policy {};
#endif

using orders = steward::resource<"orders", session_adapter, own_pooling>;

int main() { steward::manager<orders> manager; }
