// SPDX-License-Identifier: BSL-1.0
// EXPECT: steward::manager: an argument is not a steward::resource \(defaults<\.\.\.> may only come first\)
// EXPECT: defaults<.*counters
#include <steward/steward.hpp>

#include "../session_adapter.hpp"

using orders = steward::resource<"orders", session_adapter>;

int main()
{
#ifdef STEWARD_COMPILE_FAIL_FIXED
    steward::manager<steward::defaults<steward::metrics::counters>, orders> manager;
#else
    steward::manager<orders, steward::defaults<steward::metrics::counters>> manager;
#endif
}
