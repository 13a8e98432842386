// SPDX-License-Identifier: BSL-1.0
// EXPECT: steward::states: a machine needs at least one state
#include <steward/fsm.hpp>
#include <steward/steward.hpp>

struct first {};

int main()
{
#ifdef STEWARD_COMPILE_FAIL_FIXED
    return static_cast<int>(steward::states<first>::size) - 1;
#else
    return static_cast<int>(steward::states<>::size);
#endif
}
