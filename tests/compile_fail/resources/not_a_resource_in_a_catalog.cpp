// SPDX-License-Identifier: BSL-1.0
// EXPECT: steward::manager: an argument is not a steward::resource
// EXPECT: session_adapter
#include <steward/steward.hpp>

#include "../session_adapter.hpp"

using orders = steward::resource<"orders", session_adapter>;

int main()
{
#ifdef STEWARD_COMPILE_FAIL_FIXED
    return static_cast<int>(steward::catalog<orders>::size) - 1;
#else
    return static_cast<int>(steward::catalog<orders, session_adapter>::size);
#endif
}
