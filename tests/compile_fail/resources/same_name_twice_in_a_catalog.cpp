// SPDX-License-Identifier: BSL-1.0
// EXPECT: steward::manager: two resources have the same name
// EXPECT: "orders"
#include <steward/steward.hpp>

#include "../session_adapter.hpp"

using orders = steward::resource<"orders", session_adapter>;
using others = steward::resource<"orders", steward::adapters::value<int>>;
using items = steward::resource<"items", session_adapter>;

int main()
{
#ifdef STEWARD_COMPILE_FAIL_FIXED
    return static_cast<int>(steward::catalog<items, orders>::size) - 2;
#else
    return static_cast<int>(steward::catalog<items, orders, others>::size);
#endif
}
