// SPDX-License-Identifier: BSL-1.0
// EXPECT: steward::arc: it has needs, but no transform<> to use them
#include <steward/fsm.hpp>
#include <steward/steward.hpp>

#include "../session_adapter.hpp"

struct first {};
struct second {};

void enrich(int& n) { ++n; }

struct machine {
    using states = steward::states<first, second>;
#ifdef STEWARD_COMPILE_FAIL_FIXED
    using arcs = steward::arcs<steward::arc<first, second, steward::needs<"orders">, steward::transform<enrich>>>;
#else
    using arcs = steward::arcs<steward::arc<first, second, steward::needs<"orders">>>;
#endif
};

int main()
{
    steward::manager<steward::resource<"orders", session_adapter>> manager;
    return steward::run<machine>(manager, 7).completed ? 0 : 1;
}
