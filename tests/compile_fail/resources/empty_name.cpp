// SPDX-License-Identifier: BSL-1.0
// EXPECT: steward::resource: the name is empty
#include <steward/steward.hpp>

#include "../session_adapter.hpp"

int main()
{
#ifdef STEWARD_COMPILE_FAIL_FIXED
    steward::manager<steward::resource<"orders", session_adapter>> manager;
#else
    steward::manager<steward::resource<"", session_adapter>> manager;
#endif
}
