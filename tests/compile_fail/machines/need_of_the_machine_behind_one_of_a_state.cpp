// SPDX-License-Identifier: BSL-1.0
// EXPECT: steward::machine: a need of the whole machine comes behind one of this state in the catalog
// EXPECT: first
#include <steward/fsm.hpp>
#include <steward/steward.hpp>

#include "../session_adapter.hpp"

using orders = steward::resource<"orders", session_adapter>;
using stock = steward::resource<"stock", session_adapter>;

struct first {
    using needs = steward::needs<"orders">;
};

struct machine {
#ifndef STEWARD_COMPILE_FAIL_FIXED
    using needs = steward::needs<"stock">;
#endif
    using states = steward::states<first>;
    using arcs = steward::arcs<>;
};

int main()
{
    steward::manager<orders, stock> manager;
    return steward::run<machine>(manager, 7).completed ? 0 : 1;
}
