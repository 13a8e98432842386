// SPDX-License-Identifier: BSL-1.0
// EXPECT: steward::machine: a state cannot be reached from the initial state
// EXPECT: is_reached<lonely
#include <steward/fsm.hpp>
#include <steward/steward.hpp>

#include "../session_adapter.hpp"

struct first {};
struct second {};
struct lonely {};

struct machine {
    using states = steward::states<first, second, lonely>;
#ifdef STEWARD_COMPILE_FAIL_FIXED
    using arcs = steward::arcs<steward::arc<first, second>, steward::arc<second, lonely>>;
#else
    using arcs = steward::arcs<steward::arc<first, second>, steward::arc<lonely, second>>;
#endif
};

int main()
{
    steward::manager<steward::resource<"orders", session_adapter>> manager;
    return steward::run<machine>(manager, 7).completed ? 0 : 1;
}
