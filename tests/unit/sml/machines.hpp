// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "unit/machines/scene.hpp"

#include <steward/sml.hpp>

#include <boost/sml.hpp>

#include <stdexcept>
#include <string>
#include <vector>

/// What the tests of SML's machines have in common.
namespace steward::test {

namespace sml = boost::sml;

template <class State>
using resources_of = steward::sml::resources<State, scene_manager>;
template <class Machine, class... Policies>
using held_machine = steward::sml::sm<Machine, scene_manager, Policies...>;

struct start {};
struct work {};
struct fail {};
struct stop {};

/// What the actions of a machine write down.
struct diary {
    std::vector<std::string> lines{};
};

} // namespace steward::test
