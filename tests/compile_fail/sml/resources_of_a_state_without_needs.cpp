// SPDX-License-Identifier: BSL-1.0
// EXPECT: steward::sml::resources: the state declares no needs
// EXPECT: idle
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
#ifdef STEWARD_COMPILE_FAIL_FIXED
using asked = busy;
#else
using asked = idle;
#endif

struct machine {
    auto operator()() const
    {
        using namespace boost::sml;
        const auto use = [](steward::sml::resources<asked, manager>) {};
        return make_transition_table(*state<asked> + event<work> / use = X);
    }
};

int main()
{
    manager resources;
    steward::sml::sm<machine, manager> machine{resources};
}
