// SPDX-License-Identifier: BSL-1.0
//
// "Resource Requirements in FSM": the guide's YAML as it is, and the same machine as a type.
#include "support/scratch_directory.hpp"

#include <steward/adapters/database.hpp>
#include <steward/adapters/filesystem.hpp>
#include <steward/fsm.hpp>
#include <steward/steward.hpp>
#include <steward/testing.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <vector>

using steward::test::scratch_directory;
using namespace std::chrono_literals;
using namespace steward::literals;

namespace guide::resource_requirements {

using owner_names = std::vector<std::string>;

using database =
    steward::resource<"database", steward::adapters::database<steward::adapters::memory>, steward::ownership::tracked>;
using filesystem = steward::resource<"filesystem", steward::adapters::filesystem, steward::ownership::tracked>;
using unused = steward::resource<"unused", steward::adapters::value<int>>;
using catalog = steward::catalog<database, filesystem, unused>;

struct record {
    std::string text{};
    int rows = 0;
};

struct process_data {
    using needs = steward::needs<"database">; // This state needs database
    void operator()(record& data, auto& resources) const
    {
        auto& db = resources["database"_r];
        db.execute("create table t (a)");
        db.execute("insert into t values (?)", data.text);
        data.rows = db.template query_one<int>("select count(*) from t");
    }
};
struct done {};

struct main_network {
    using needs = steward::needs<"database", "filesystem">; // held for the whole run
    using states = steward::states<process_data, done>;
    using arcs = steward::arcs<steward::arc<process_data, done>>;
};

using manager_type = steward::manager_for<main_network, catalog>;
static_assert(manager_type::has<"database"> && manager_type::has<"filesystem">);
static_assert(!manager_type::has<"unused">, "a resource that nothing requires is not in the manager");

TEST(guide_configuration_based_requirements, a_state_gets_what_it_and_its_network_require)
{
    const scratch_directory directory;
    steward::simple_machine<main_network, catalog> machine{filesystem::with({.base_path = directory.path()})};

    auto execution = machine.start(record{.text = "a"});
    ASSERT_TRUE(execution.step());
    const owner_names network{"main_network_" + std::to_string(execution.number())};
    EXPECT_EQ(machine.resources().owners<"filesystem">(), network) << "between the states, too";
    EXPECT_EQ(machine.resources().owners<"database">(), network);
    while (execution.step()) {}

    EXPECT_EQ(execution.outcome().data.rows, 1) << execution.outcome().error_message();
    EXPECT_EQ(machine.resources().status<"filesystem">().active, 0U);
}

// The guide's cache, which a test can have fail.
using cache_adapter = steward::testing::faulty<steward::adapters::value<int>>;
using cache = steward::resource<"cache", cache_adapter, steward::ownership::tracked>;

using requirements = steward::needs<steward::required("database").within(30s), steward::optional("cache")>;

class guide_code_based_requirements : public testing::Test {
protected:
    steward::testing::faults faults;
    steward::manager<database, cache> manager{database::with({}), cache::with({.plan = &faults, .inner = 7})};
};

TEST_F(guide_code_based_requirements, are_acquired_at_once_and_released_together)
{
    auto state = manager.owner("state", 123);
    {
        auto resources = state.acquire_all<requirements>();
        EXPECT_EQ(resources["database"_r].query_one<int>("select 1"), 1);
        ASSERT_NE(resources.find("cache"_r), nullptr);
        EXPECT_EQ(manager.owners<"database">(), owner_names{"state_123"});
        EXPECT_EQ(manager.owners<"cache">(), owner_names{"state_123"});
    }
    EXPECT_FALSE(state.has<"database">() || state.has<"cache">());
}

TEST_F(guide_code_based_requirements, go_on_without_what_is_optional)
{
    faults.create = steward::testing::faults::always;
    auto state = manager.owner("state", 123);
    auto resources = state.acquire_all<requirements>();
    EXPECT_EQ(resources.find("cache"_r), nullptr);
    EXPECT_EQ(resources["database"_r].query_one<int>("select 1"), 1);
}

TEST_F(guide_code_based_requirements, fail_as_a_whole_without_what_is_required)
{
    manager.close<"database">();
    auto state = manager.owner("state", 123);
    try {
        auto resources = state.acquire_all<requirements>();
        FAIL();
    } catch (const steward::resource_error& error) {
        EXPECT_EQ(error.resource(), "database");
        EXPECT_EQ(error.code(), steward::errc::closed);
    }
    EXPECT_EQ(manager.owners<"cache">(), owner_names{});
}

} // namespace guide::resource_requirements
