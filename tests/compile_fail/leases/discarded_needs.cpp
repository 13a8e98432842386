// SPDX-License-Identifier: BSL-1.0
// EXPECT: nodiscard
// EXPECT: what nobody keeps is given back at once
// EXPECT: acquire_all
#include <steward/steward.hpp>

#include "../session_adapter.hpp"

using orders = steward::resource<"orders", session_adapter>;

int main()
{
    steward::manager<orders> manager;
    auto owner = manager.owner("state", 1);
#ifdef STEWARD_COMPILE_FAIL_FIXED
    auto held = owner.acquire_all<steward::needs<"orders">>();
#else
    owner.acquire_all<steward::needs<"orders">>();
#endif
}
