// SPDX-License-Identifier: BSL-1.0
// EXPECT: steward::msm: a machine declares needs; its states have to
// EXPECT: machine
#include <steward/fsm.hpp>
#include <steward/msm.hpp>
#include <steward/steward.hpp>

#include <boost/mpl/vector.hpp>
#include <boost/msm/back/state_machine.hpp>
#include <boost/msm/front/functor_row.hpp>
#include <boost/msm/front/state_machine_def.hpp>

#include <functional>

#include "../session_adapter.hpp"

using orders = steward::resource<"orders", session_adapter>;
using items = steward::resource<"items", session_adapter>;
using manager = steward::manager<items, orders>;
using namespace steward::literals;
namespace front = boost::msm::front;

struct work {};
struct idle : front::state<> {};
struct busy : front::state<> {};

struct machine : front::state_machine_def<machine> {
#ifndef STEWARD_COMPILE_FAIL_FIXED
    using needs = steward::needs<"orders">;
#endif
    using initial_state = busy;
    struct transition_table : boost::mpl::vector<front::Row<busy, work, idle>> {};
};

int main()
{
    manager resources;
    boost::msm::back::state_machine<steward::msm::holding<machine, manager>> machine{std::ref(resources)};
    machine.start();
    machine.process_event(work{});
}
