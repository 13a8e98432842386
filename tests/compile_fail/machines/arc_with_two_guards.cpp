// SPDX-License-Identifier: BSL-1.0
// EXPECT: steward::arc: two guards were given; join them with &&
#include <steward/fsm.hpp>
#include <steward/steward.hpp>

#include "../session_adapter.hpp"

struct first {};
struct second {};

bool is_odd(int n) { return n % 2 != 0; }
bool is_big(int n) { return n > 5; }

struct machine {
    using states = steward::states<first, second>;
    using final_states = steward::states<first, second>;
#ifdef STEWARD_COMPILE_FAIL_FIXED
    using arcs =
        steward::arcs<steward::arc<first, second, steward::when<[](int n) { return is_odd(n) && is_big(n); }>>>;
#else
    using arcs = steward::arcs<steward::arc<first, second, steward::when<is_odd>, steward::when<is_big>>>;
#endif
};

int main()
{
    steward::manager<steward::resource<"orders", session_adapter>> manager;
    return steward::run<machine>(manager, 7).completed ? 0 : 1;
}
