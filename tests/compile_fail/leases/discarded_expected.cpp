// SPDX-License-Identifier: BSL-1.0
// EXPECT: nodiscard
// EXPECT: a lease that nobody keeps is given back at once
// EXPECT: try_acquire
#include <steward/steward.hpp>

#include "../session_adapter.hpp"

using orders = steward::resource<"orders", session_adapter>;

int main()
{
    steward::manager<orders> manager;
#ifdef STEWARD_COMPILE_FAIL_FIXED
    auto lease = manager.try_acquire<"orders">();
#else
    manager.try_acquire<"orders">();
#endif
}
