// SPDX-License-Identifier: BSL-1.0
// EXPECT: is_not_among_the_needs_that_were_acquired
// EXPECT: "order"
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
    static_cast<void>(held.get("items"_r));
#else
    return &held.get("order"_r) == nullptr ? 1 : 0;
#endif
}
