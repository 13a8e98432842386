// SPDX-License-Identifier: BSL-1.0
// EXPECT: has_a_pooling_policy_without_a_size
// EXPECT: "orders"
#include <steward/steward.hpp>

#include "../session_adapter.hpp"

#ifdef STEWARD_COMPILE_FAIL_FIXED
using orders = steward::resource<"orders", session_adapter>;
#else
using orders = steward::resource<"orders", session_adapter, steward::pooling::shared, steward::locking::none>;
#endif

int main()
{
    using namespace steward::literals;
    steward::manager<orders> manager;
    manager.resize("orders"_r, {.max_size = 2});
}
