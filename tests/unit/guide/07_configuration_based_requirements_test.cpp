// SPDX-License-Identifier: BSL-1.0
//
// "Configuration-Based Requirements": the guide's YAML, from which steward-gen makes the machine.
#include "support/scratch_directory.hpp"

#include <steward/steward.hpp>

#include <gtest/gtest.h>

#include <cstdlib>

using namespace steward::literals;

namespace guide {

struct record {
    int rows = 0;
};

void process_with_db(record& data, auto& resources)
{
    data.rows = resources["database"_r].template query_one<int>("select 7");
    resources["filesystem"_r].write("seen.txt", "yes"); // its network needs it
}

} // namespace guide

#include "configuration_based_requirements.hpp"

namespace {

namespace made = configuration_based_requirements;

static_assert(made::manager::has<"database"> && made::manager::has<"filesystem">);

TEST(guide_configuration_based_requirements_in_yaml, a_state_gets_what_it_and_its_network_require)
{
    const steward::test::scratch_directory directory;
    setenv("STEWARD_TEST_GUIDE_FOLDER", directory.path().c_str(), 1);
    steward::simple_machine<made::machine, made::catalog> machine{made::settings()};

    const auto outcome = machine.process(guide::record{});
    EXPECT_TRUE(outcome.completed) << outcome.error_message();
    EXPECT_EQ(outcome.data.rows, 7);
    EXPECT_EQ(machine.resources().acquire<"filesystem">()->read("seen.txt"), "yes");
    EXPECT_EQ(machine.resources().status<"database">().active, 0U);
}

} // namespace
