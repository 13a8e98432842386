// SPDX-License-Identifier: BSL-1.0
// EXPECT: steward::arc: it leads to a state that the machine does not have
// EXPECT: elsewhere
#include <steward/fsm.hpp>
#include <steward/steward.hpp>

#include "../session_adapter.hpp"

struct batch {};
using orders = steward::resource<"orders", session_adapter>;
using items = steward::resource<"items", session_adapter>;
using catalog = steward::catalog<orders, items>;

struct load {
    using needs = steward::needs<"items">;
    void operator()(batch&, auto&) const {}
};
struct done {};
struct elsewhere {};

struct machine {
    using states = steward::states<load, done>;
#ifdef STEWARD_COMPILE_FAIL_FIXED
    using arcs = steward::arcs<steward::arc<load, done>>;
#else
    using arcs = steward::arcs<steward::arc<load, elsewhere>>;
#endif
};

int main()
{
    steward::manager_for<machine, catalog> manager;
    return steward::run<machine>(manager, batch{}).completed ? 0 : 1;
}
