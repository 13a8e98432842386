// SPDX-License-Identifier: BSL-1.0
// EXPECT: steward::manager: the options that were given are those of another pooling policy
// EXPECT: "orders"
#include <steward/steward.hpp>

#include "../session_adapter.hpp"

using orders = steward::resource<"orders", session_adapter>;
using defaults = steward::defaults<steward::pooling::shared>;

int main()
{
#ifdef STEWARD_COMPILE_FAIL_FIXED
    steward::manager<orders> manager{orders::with({}, {.max_size = 2})};
#else
    steward::manager<defaults, orders> manager{orders::with({}, {.max_size = 2})};
#endif
}
