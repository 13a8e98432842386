// SPDX-License-Identifier: BSL-1.0
// EXPECT: steward::machine: its initial state, or a final one, is not among its states
// EXPECT: is_a_state<other
#include <steward/fsm.hpp>
#include <steward/steward.hpp>

#include "../session_adapter.hpp"

struct first {};
struct other {};

struct machine {
#ifdef STEWARD_COMPILE_FAIL_FIXED
    using initial = first;
#else
    using initial = other;
#endif
    using states = steward::states<first>;
    using arcs = steward::arcs<>;
};

int main()
{
    steward::manager<steward::resource<"orders", session_adapter>> manager;
    return steward::run<machine>(manager, 7).completed ? 0 : 1;
}
