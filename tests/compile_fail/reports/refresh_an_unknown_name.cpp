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
#ifdef STEWARD_COMPILE_FAIL_FIXED
    manager.refresh<"orders">();
#else
    manager.refresh<"order">();
#endif
}
