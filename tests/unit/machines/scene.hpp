// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/pool_fixture.hpp"

#include <steward/adapters/value.hpp>
#include <steward/fsm.hpp>
#include <steward/steward.hpp>

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

/// Resources for machines: pools of one, in the order of the alphabet, and a value that all share.
namespace steward::test {

using namespace steward::literals;

template <fixed_string Name>
using only_one = resource<Name, session_adapter, pooling::bounded<0, 1>, metrics::counters, ownership::tracked>;

struct total {
    int value = 0;
};
using shared_total = resource<"total", adapters::value<total>>;

using scene_catalog = catalog<only_one<"a">, only_one<"b">, only_one<"c">, shared_total, only_one<"d">>;
using path = std::vector<std::string_view>;

struct refusal : std::runtime_error {
    using std::runtime_error::runtime_error;
};

using scene_manager = manager<only_one<"a">, only_one<"b">, only_one<"c">, shared_total, only_one<"d">>;

/// What the states of a test write down, and what they are told to do.
struct notes {
    std::vector<std::string> events{};
    int number = 0;
    bool fails = false;
    std::string problem{};
    scene_manager* resources = nullptr;
};

/// A manager of everything in the catalog, so that a test can look at what a machine does to it.
class scene : public testing::Test {
public:
    using manager_type = scene_manager;

    session_log a, b, c, d;
    scene_manager resources{
        only_one<"a">::with(session_adapter::settings{a}), only_one<"b">::with(session_adapter::settings{b}),
        only_one<"c">::with(session_adapter::settings{c}), only_one<"d">::with(session_adapter::settings{d})};

    void expect_nothing_is_held()
    {
        for (const auto& status : resources.status()) {
            EXPECT_EQ(status.active, 0U) << status.name;
            EXPECT_TRUE(status.owners.empty()) << status.name;
        }
    }
    template <fixed_string Name>
    [[nodiscard]] std::uint64_t acquisitions()
    {
        return resources.template metrics<Name>().acquisitions;
    }
};

} // namespace steward::test
