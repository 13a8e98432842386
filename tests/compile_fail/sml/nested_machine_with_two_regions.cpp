// SPDX-License-Identifier: BSL-1.0
// EXPECT: steward::sml: a nested machine that holds resources has several regions
// EXPECT: inner
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
struct busy {
    using needs = steward::needs<"orders">;
};

struct inner {
    auto operator()() const
    {
        using namespace boost::sml;
        return make_transition_table(*state<busy> + event<work> = X
#ifndef STEWARD_COMPILE_FAIL_FIXED
                                     ,
                                     *state<idle> + event<work> = X
#endif
        );
    }
};
struct machine {
    auto operator()() const
    {
        using namespace boost::sml;
        return make_transition_table(*state<steward::sml::holding<inner, manager>> + event<work> = state<idle>);
    }
};

int main()
{
    manager resources;
    steward::sml::sm<machine, manager> machine{resources};
}
