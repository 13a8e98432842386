// SPDX-License-Identifier: BSL-1.0
// EXPECT: steward::sml: a row for an exception asks for resources, but what threw has given all back
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

struct machine {
    auto operator()() const
    {
        using namespace boost::sml;
#ifdef STEWARD_COMPILE_FAIL_FIXED
        const auto use = [] {};
#else
        const auto use = [](steward::sml::resources<busy, manager>) {};
#endif
        return make_transition_table(*state<busy> + event<work> = state<idle>,
                                     state<busy> + exception<steward::resource_error> / use = state<idle>);
    }
};

int main()
{
    manager resources;
    steward::sml::sm<machine, manager> machine{resources};
}
