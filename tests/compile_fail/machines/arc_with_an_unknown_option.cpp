// SPDX-License-Identifier: BSL-1.0
// EXPECT: steward::arc: expected when<>, on_error<>, transform<>, priority<> or needs<>
#include <steward/fsm.hpp>
#include <steward/steward.hpp>

#include "../session_adapter.hpp"

struct first {};
struct second {};

bool is_odd(int n) { return n % 2 != 0; }
struct if_odd {
    bool operator()(int n) const { return is_odd(n); }
};

struct machine {
    using states = steward::states<first, second>;
    using final_states = steward::states<first, second>;
#ifdef STEWARD_COMPILE_FAIL_FIXED
    using arcs = steward::arcs<steward::arc<first, second, steward::when<if_odd{}>>>;
#else
    using arcs = steward::arcs<steward::arc<first, second, if_odd>>;
#endif
};

int main()
{
    steward::manager<steward::resource<"orders", session_adapter>> manager;
    return steward::run<machine>(manager, 7).completed ? 0 : 1;
}
