// SPDX-License-Identifier: BSL-1.0
// EXPECT: steward::needs: the same name stands there twice
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
#ifdef STEWARD_COMPILE_FAIL_FIXED
    auto held = owner.acquire_all<steward::needs<"orders">>();
#else
    auto held = owner.acquire_all<steward::needs<"orders", steward::optional("orders")>>();
#endif
}
