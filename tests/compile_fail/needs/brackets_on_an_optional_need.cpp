// SPDX-License-Identifier: BSL-1.0
// EXPECT: is_optional_so_use_find_which_gives_a_pointer
// EXPECT: "orders"
#include <steward/fsm.hpp>
#include <steward/steward.hpp>

#include "../session_adapter.hpp"

using orders = steward::resource<"orders", session_adapter>;
using items = steward::resource<"items", session_adapter>;
using namespace steward::literals;

int main()
{
    steward::manager<items, orders> manager;
    auto owner = manager.owner("state", 1);
    auto held = owner.acquire_all<steward::needs<"items", steward::optional("orders")>>();
#ifdef STEWARD_COMPILE_FAIL_FIXED
    return held.find("orders"_r) == nullptr ? 1 : 0;
#else
    return &held["orders"_r] == nullptr ? 1 : 0;
#endif
}
