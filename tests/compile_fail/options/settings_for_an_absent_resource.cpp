// SPDX-License-Identifier: BSL-1.0
// EXPECT: steward::manager: settings were given for a resource that this manager does not have
// EXPECT: "items"
#include <steward/steward.hpp>

#include "../session_adapter.hpp"

using orders = steward::resource<"orders", session_adapter>;
using items = steward::resource<"items", session_adapter>;

int main()
{
#ifdef STEWARD_COMPILE_FAIL_FIXED
    steward::manager<orders, items> manager{orders::with({}), items::with({})};
#else
    steward::manager<orders> manager{orders::with({}), items::with({})};
#endif
}
