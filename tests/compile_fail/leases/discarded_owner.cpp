// SPDX-License-Identifier: BSL-1.0
// EXPECT: nodiscard
// EXPECT: an owner that nobody keeps gives everything back at once
// EXPECT: owner
#include <steward/steward.hpp>

#include "../session_adapter.hpp"

using orders = steward::resource<"orders", session_adapter>;

int main()
{
    steward::manager<orders> manager;
#ifdef STEWARD_COMPILE_FAIL_FIXED
    auto owner = manager.owner("state", 1);
#else
    manager.owner("state", 1);
#endif
}
