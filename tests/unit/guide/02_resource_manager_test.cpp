// SPDX-License-Identifier: BSL-1.0
//
// "Resource Manager" and "Resource Status and Metrics". What the guide registers at run time is declared here.
#include <steward/adapters/database.hpp>
#include <steward/steward.hpp>

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace guide::resource_manager {

using owner_names = std::vector<std::string>;

using database = steward::resource<"database", steward::adapters::database<steward::adapters::memory>,
                                   steward::health::on_borrow<>, steward::metrics::timed, steward::ownership::tracked>;

TEST(guide_resource_manager, acquire_and_release_with_owner_tracking)
{
    steward::manager<database> manager{database::with({})};

    auto state = manager.owner("state", 123); // nothing is put together: the name is a literal and a number
    auto& resource = state.acquire<"database">();
    EXPECT_EQ(manager.owners<"database">(), owner_names{"state_123"});

    EXPECT_EQ(resource.query_one<int>("select 6 * 7"), 42); // Use resource...

    state.release<"database">(); // Release when done
    EXPECT_EQ(manager.owners<"database">(), owner_names{});
}

TEST(guide_resource_manager, resource_context)
{
    steward::manager<database> manager{database::with({})};
    {
        auto state = manager.owner("state", 456);
        state.acquire<"database">().execute("create table t (a)");
        EXPECT_EQ(manager.status<"database">().active, 1U);
    } // Automatically released
    EXPECT_EQ(manager.status<"database">().active, 0U);

    manager.acquire<"database">()->execute("drop table t"); // or without a name: a lease, here for one line
    EXPECT_EQ(manager.status<"database">().active, 0U);
}

TEST(guide_resource_manager, resource_status_and_metrics)
{
    steward::manager<database> manager{database::with({})};
    manager.acquire<"database">().release();
    auto state = manager.owner("state", 123);
    state.acquire<"database">();

    const steward::resource_status status = manager.status<"database">();
    EXPECT_EQ(status.active, 1U);                       // Active connections
    EXPECT_EQ(status.owners, owner_names{"state_123"}); // Current owners

    const steward::metrics_snapshot metrics = manager.metrics<"database">();
    EXPECT_EQ(metrics.acquisitions, 2U);    // Total acquisitions
    EXPECT_EQ(metrics.hold_time.count, 1U); // Average hold time: that of the one that has ended
    EXPECT_EQ(metrics.hold_time.average(), metrics.hold_time.total);

    EXPECT_EQ(manager.health<"database">(), steward::resource_health::healthy); // Health check
}

} // namespace guide::resource_manager
