// SPDX-License-Identifier: BSL-1.0
// EXPECT: deleted
// EXPECT: manager
#include <steward/steward.hpp>

#include "../session_adapter.hpp"

using orders = steward::resource<"orders", session_adapter>;

int main()
{
    steward::manager<orders> manager;
#ifdef STEWARD_COMPILE_FAIL_FIXED
    auto& same = manager;
    same.close();
#else
    auto copy = manager;
#endif
}
