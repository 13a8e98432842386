// SPDX-License-Identifier: BSL-1.0
// EXPECT: is_not_a_resource_of_this_manager
// EXPECT: "order"
#include <steward/steward.hpp>

#include "../session_adapter.hpp"

using orders = steward::resource<"orders", session_adapter>;
using manager_type = steward::manager<orders>;

int main()
{
    manager_type manager;
    auto owner = manager.owner("state", 1);
    using namespace steward::literals;
#ifdef STEWARD_COMPILE_FAIL_FIXED
    owner.acquire("orders"_r);
#else
    owner.acquire("order"_r);
#endif
}
