// SPDX-License-Identifier: BSL-1.0
//
// "Resource Lifecycle": "Acquisition and Release Flow" and "Owner Tracking".
#include "support/scratch_directory.hpp"

#include <steward/adapters/database.hpp>
#include <steward/adapters/filesystem.hpp>
#include <steward/fsm.hpp>
#include <steward/steward.hpp>

#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>
#include <string>
#include <vector>

using steward::test::scratch_directory;
using namespace steward::literals;

namespace guide::resource_lifecycle {

using owner_names = std::vector<std::string>;

using database =
    steward::resource<"database", steward::adapters::database<steward::adapters::memory>, steward::ownership::tracked>;
using files = steward::resource<"files", steward::adapters::filesystem, steward::ownership::tracked>;
using manager_type = steward::manager<database, files>;

struct context {
    bool fails = false;
    int result = 0;
};

/// The guide's state: a name, the resources that it lists, a transform.
struct load {
    using needs = steward::needs<"database", "files">;
    void operator()(context& data, auto& resources) const
    {
        resources["files"_r].write("seen.txt", "yes");
        if (data.fails)
            throw std::invalid_argument{"no such row"};
        data.result = resources["database"_r].template query_one<int>("select 42");
    }
};

class guide_acquisition_and_release_flow : public testing::Test {
protected:
    scratch_directory directory;
    manager_type manager{files::with({.base_path = directory.path()})};

    void expect_that_all_is_released()
    {
        EXPECT_EQ(manager.status<"database">().active, 0U);
        EXPECT_EQ(manager.status<"files">().active, 0U);
    }
};

// What the guide's StateExecution does, by hand ...
TEST_F(guide_acquisition_and_release_flow, by_hand)
{
    context data;
    {
        auto owner = manager.owner("state_load", 7);
        auto resources = owner.acquire_all<load::needs>(); // 1. Acquire required resources
        EXPECT_EQ(manager.owners<"database">(), owner_names{"state_load_7"});
        load{}(data, resources); // 2. Execute state with resources
    } // 3. and 4. Release them, on success and on error
    EXPECT_EQ(data.result, 42);
    expect_that_all_is_released();
}

// ... and in one call, under the state's name and a number of its own.
TEST_F(guide_acquisition_and_release_flow, releases_on_success)
{
    context data;
    steward::execute<load>(manager, data);
    EXPECT_EQ(data.result, 42);
    expect_that_all_is_released();
}

TEST_F(guide_acquisition_and_release_flow, releases_on_error_and_raises)
{
    context data{.fails = true};
    EXPECT_THROW(steward::execute<load>(manager, data), std::invalid_argument);
    EXPECT_EQ(manager.acquire<"files">()->read("seen.txt"), "yes") << "it had its resources";
    expect_that_all_is_released();
}

TEST_F(guide_acquisition_and_release_flow, executes_nothing_if_a_required_resource_cannot_be_had)
{
    manager.close<"database">();
    context data;
    EXPECT_THROW(steward::execute<load>(manager, data), steward::resource_error);
    EXPECT_FALSE(manager.acquire<"files">()->exists("seen.txt"));
    expect_that_all_is_released();
}

class guide_owner_tracking : public guide_acquisition_and_release_flow {};

TEST_F(guide_owner_tracking, has_resource_and_get_resource)
{
    auto state = manager.owner("state", 123);
    EXPECT_FALSE(state.has<"database">());
    EXPECT_EQ(state.get<"database">(), nullptr);
    auto& acquired = state.acquire<"database">();
    ASSERT_TRUE(state.has<"database">());
    EXPECT_EQ(state.get<"database">(), &acquired);
}

TEST_F(guide_owner_tracking, acquiring_again_gives_the_same_resource)
{
    auto state = manager.owner("state", 123);
    auto& first = state.acquire<"database">();
    EXPECT_EQ(&state.acquire<"database">(), &first);
    EXPECT_EQ(manager.status<"database">().active, 1U);
}

TEST_F(guide_owner_tracking, get_resource_owners)
{
    auto one = manager.owner("state", 123);
    auto other = manager.owner("state", 456);
    one.acquire<"database">();
    other.acquire<"database">();
    auto owners = manager.owners<"database">();
    std::ranges::sort(owners); // they are listed in the order of the slots
    EXPECT_EQ(owners, (owner_names{"state_123", "state_456"}));
}

TEST_F(guide_owner_tracking, release_all)
{
    auto one = manager.owner("state", 123);
    auto other = manager.owner("state", 456);
    one.acquire<"database">();
    one.acquire<"files">();
    other.acquire<"files">();
    one.release_all();
    EXPECT_EQ(manager.owners<"database">(), owner_names{});
    EXPECT_EQ(manager.owners<"files">(), owner_names{"state_456"}) << "nobody else's";
}

} // namespace guide::resource_lifecycle
