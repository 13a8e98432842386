// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "unit/machines/scene.hpp"

#include <steward/msm.hpp>

#include <boost/msm/back/state_machine.hpp>
#include <boost/msm/front/functor_row.hpp>
#include <boost/msm/front/state_machine_def.hpp>

#include <exception>
#include <functional>
#include <string>
#include <vector>

/// What the tests of MSM's machines have in common.
namespace steward::test {

namespace front = boost::msm::front;

template <class Front>
using held_machine = boost::msm::back::state_machine<steward::msm::holding<Front, scene_manager>>;

struct start {};
struct work {};
struct fail {};
struct stop {};

struct idle : front::state<> {};
struct after : front::state<> {};

/// Notes the session, and whether the optional one is there.
struct note {
    template <class Event, class Fsm, class Source, class Target>
    void operator()(const Event&, Fsm& fsm, Source& source, Target&) const
    {
        const auto held = fsm.resources(source);
        fsm.lines.push_back(std::to_string(held["a"_r].number) + (held.find("b"_r) != nullptr ? " with" : " without"));
    }
};
struct refuse {
    template <class Event, class Fsm, class Source, class Target>
    void operator()(const Event&, Fsm&, Source&, Target&) const
    {
        throw refusal{"no"};
    }
};

/// A front-end that keeps what its actions write down, and what MSM caught: which must not leave `process_event`.
template <class Front>
struct telling : front::state_machine_def<Front> {
    template <class Fsm, class Event>
    void exception_caught(const Event&, Fsm&, std::exception& error)
    {
        problem = error.what();
    }
    std::vector<std::string> lines{};
    std::string problem{};
};

} // namespace steward::test
