// SPDX-License-Identifier: BSL-1.0
// EXPECT: deleted
// EXPECT: lease
#include <steward/steward.hpp>

#include "../session_adapter.hpp"

using orders = steward::resource<"orders", session_adapter>;

int main()
{
    steward::manager<orders> manager;
    auto lease = manager.acquire<"orders">();
#ifdef STEWARD_COMPILE_FAIL_FIXED
    auto moved = std::move(lease);
#else
    auto copy = lease;
#endif
}
