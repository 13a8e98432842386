// SPDX-License-Identifier: BSL-1.0
// EXPECT: steward::run: the machine itself declares needs
#include <steward/fsm.hpp>
#include <steward/steward.hpp>

#include "../session_adapter.hpp"

using orders = steward::resource<"orders", session_adapter>;

struct first {};

struct machine {
#ifndef STEWARD_COMPILE_FAIL_FIXED
    using needs = steward::needs<"orders">;
#endif
    using states = steward::states<first>;
    using arcs = steward::arcs<>;
};

int main()
{
    steward::manager<orders> manager;
    return steward::run<machine>(manager, 7).completed ? 0 : 1;
}
