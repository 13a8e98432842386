// SPDX-License-Identifier: BSL-1.0
// EXPECT: deleted
// EXPECT: owner
#include <steward/steward.hpp>

#include "../session_adapter.hpp"

using orders = steward::resource<"orders", session_adapter>;

int main()
{
    steward::manager<orders> manager;
    auto owner = manager.owner("state", 1);
#ifdef STEWARD_COMPILE_FAIL_FIXED
    auto& same = owner;
    same.release_all();
#else
    auto copy = owner;
#endif
}
