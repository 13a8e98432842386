// SPDX-License-Identifier: BSL-1.0
// EXPECT: steward::manager: this resource has no default settings: pass its with\(\.\.\.\)
// EXPECT: "orders"
#include <steward/steward.hpp>

#include "../session_adapter.hpp"

using orders = steward::resource<"orders", configured_adapter>;

int main()
{
#ifdef STEWARD_COMPILE_FAIL_FIXED
    steward::manager<orders> manager{orders::with(configured_adapter::settings{1})};
#else
    steward::manager<orders> manager;
#endif
}
