// SPDX-License-Identifier: BSL-1.0
// EXPECT: steward::sml: an action asks for the resources of a state that its row does not start from
// EXPECT: busy
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
        const auto use = [](steward::sml::resources<busy, manager> held) { static_cast<void>(held["orders"_r]); };
#ifdef STEWARD_COMPILE_FAIL_FIXED
        return make_transition_table(*state<idle> + event<work> = state<busy>, state<busy> + on_entry<_> / use);
#else
        return make_transition_table(*state<idle> + event<work> / use = state<busy>);
#endif
    }
};

int main()
{
    manager resources;
    steward::sml::sm<machine, manager> machine{resources};
}
