// SPDX-License-Identifier: BSL-1.0
// EXPECT: steward::needs: a need is not a resource of this manager
// EXPECT: "order"
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
#ifdef STEWARD_COMPILE_FAIL_FIXED
    using needs = steward::needs<"orders">;
#else
    using needs = steward::needs<"order">;
#endif
};

struct machine {
    auto operator()() const
    {
        using namespace boost::sml;
        return make_transition_table(*state<busy> + event<work> = state<idle>);
    }
};

int main()
{
    manager resources;
    steward::sml::sm<machine, manager> machine{resources};
}
