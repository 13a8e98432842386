// SPDX-License-Identifier: BSL-1.0
// EXPECT: steward::sml: the machine has data of its own; give it to the actions as a dependency
// EXPECT: machine
#include <steward/fsm.hpp>
#include <steward/sml.hpp>
#include <steward/steward.hpp>

#include "../session_adapter.hpp"

using orders = steward::resource<"orders", session_adapter>;
using items = steward::resource<"items", session_adapter>;
using manager = steward::manager<items, orders>;
using namespace steward::literals;

struct work {};
struct idle {};

struct machine {
    auto operator()() const
    {
        using namespace boost::sml;
        return make_transition_table(*state<idle> + event<work> = X);
    }
#ifndef STEWARD_COMPILE_FAIL_FIXED
    int number = 0;
#endif
};

int main()
{
    manager resources;
    steward::sml::sm<machine, manager> machine{resources};
}
