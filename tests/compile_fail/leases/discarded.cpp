// SPDX-License-Identifier: BSL-1.0
// EXPECT: nodiscard
// EXPECT: a lease that nobody keeps is given back at once
// EXPECT: acquire
#include <steward/steward.hpp>

#include "../session_adapter.hpp"

using orders = steward::resource<"orders", session_adapter>;

int main()
{
    steward::manager<orders> manager;
#ifdef STEWARD_COMPILE_FAIL_FIXED
    auto lease = manager.acquire<"orders">();
#else
    manager.acquire<"orders">();
#endif
}
