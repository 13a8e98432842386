// SPDX-License-Identifier: BSL-1.0
// EXPECT: is_not_among_the_needs_that_were_acquired
// EXPECT: "orders"
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
    using needs = steward::needs<"items">;
};

struct machine {
    auto operator()() const
    {
        using namespace boost::sml;
        const auto use = [](steward::sml::resources<busy, manager> held) {
#ifdef STEWARD_COMPILE_FAIL_FIXED
            static_cast<void>(held["items"_r]);
#else
            static_cast<void>(held["orders"_r]);
#endif
        };
        return make_transition_table(*state<busy> + event<work> / use = state<idle>);
    }
};

int main()
{
    manager resources;
    steward::sml::sm<machine, manager> machine{resources};
}
