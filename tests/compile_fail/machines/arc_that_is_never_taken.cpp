// SPDX-License-Identifier: BSL-1.0
// EXPECT: steward::machine: an arc stands behind one without a guard, so that it is never taken
#include <steward/fsm.hpp>
#include <steward/steward.hpp>

#include "../session_adapter.hpp"

struct first {};
struct second {};
struct third {};

bool is_odd(int n) { return n % 2 != 0; }

struct machine {
    using states = steward::states<first, second, third>;
#ifdef STEWARD_COMPILE_FAIL_FIXED
    using arcs = steward::arcs<steward::arc<first, third, steward::when<is_odd>>, steward::arc<first, second>>;
#else
    using arcs = steward::arcs<steward::arc<first, second>, steward::arc<first, third, steward::when<is_odd>>>;
#endif
};

int main()
{
    steward::manager<steward::resource<"orders", session_adapter>> manager;
    return steward::run<machine>(manager, 7).completed ? 0 : 1;
}
