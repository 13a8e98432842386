// SPDX-License-Identifier: BSL-1.0
// EXPECT: steward::manager: settings were given twice for the same resource
// EXPECT: "orders"
#include <steward/steward.hpp>

#include "../session_adapter.hpp"

using orders = steward::resource<"orders", session_adapter>;

int main()
{
#ifdef STEWARD_COMPILE_FAIL_FIXED
    steward::manager<orders> manager{orders::with({}, {.max_size = 2})};
#else
    steward::manager<orders> manager{orders::with({}), orders::with({}, {.max_size = 2})};
#endif
}
