// SPDX-License-Identifier: BSL-1.0
// EXPECT: steward::machine: a state has no way out, and is not among the final states
// EXPECT: has_a_way_out<stuck
#include <steward/fsm.hpp>
#include <steward/steward.hpp>

#include "../session_adapter.hpp"

struct first {};
struct stuck {};
struct done {};

bool is_odd(int n) { return n % 2 != 0; }

struct machine {
    using states = steward::states<first, stuck, done>;
#ifdef STEWARD_COMPILE_FAIL_FIXED
    using final_states = steward::states<stuck, done>;
#else
    using final_states = steward::states<done>;
#endif
    using arcs = steward::arcs<steward::arc<first, stuck, steward::when<is_odd>>, steward::arc<first, done>>;
};

int main()
{
    steward::manager<steward::resource<"orders", session_adapter>> manager;
    return steward::run<machine>(manager, 7).completed ? 0 : 1;
}
