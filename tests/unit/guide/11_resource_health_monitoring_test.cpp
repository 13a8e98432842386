// SPDX-License-Identifier: BSL-1.0
//
// "Resource Health Monitoring": "Health Checks" and "Resource Metrics".
#include <steward/adapters/database.hpp>
#include <steward/steward.hpp>
#include <steward/testing.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <map>
#include <string_view>

using steward::resource_health;
using namespace std::chrono_literals;

namespace guide::resource_health_monitoring {

using memory = steward::adapters::database<steward::adapters::memory>;

// A database that the tests can have fail.
using database = steward::resource<"database", steward::testing::faulty<memory>, steward::pooling::bounded<0, 1>,
                                   steward::health::on_borrow<>, steward::metrics::timed>;
using cache = steward::resource<"cache", steward::adapters::value<int>>;

class guide_health_checks : public testing::Test {
protected:
    steward::testing::faults faults;
    steward::manager<database, cache> manager{database::with({.plan = &faults})};

    void let_the_database_fail()
    {
        faults.create = 1;
        EXPECT_FALSE(manager.try_acquire<"database">());
    }
};
using guide_resource_metrics = guide_health_checks;

TEST_F(guide_health_checks, of_a_specific_resource)
{
    manager.acquire<"database">().release();
    EXPECT_EQ(manager.health<"database">(), resource_health::healthy);
}

TEST_F(guide_health_checks, handle_unhealthy_resource)
{
    let_the_database_fail();
    bool handled = false;
    if (manager.health<"database">() == resource_health::unhealthy)
        handled = true; // Handle unhealthy resource
    EXPECT_TRUE(handled);
    EXPECT_EQ(manager.diagnose<"database">().reason, // and why
              "a create failed; the last one could not be created: create failed");
}

TEST_F(guide_health_checks, of_all_resources)
{
    let_the_database_fail();
    std::map<std::string_view, resource_health> all;
    for (const steward::named_health& each : manager.health())
        all[each.name] = each.health;
    EXPECT_EQ(all.size(), 2U);
    EXPECT_EQ(all["database"], resource_health::unhealthy);
    EXPECT_EQ(all["cache"], resource_health::unknown) << "nobody looks at a value";
}

TEST_F(guide_resource_metrics, of_a_specific_resource)
{
    let_the_database_fail();
    manager.acquire<"database">().release();
    auto held = manager.acquire<"database">();
    EXPECT_FALSE(manager.try_acquire<"database">(0ms));

    const steward::metrics_snapshot metrics = manager.metrics<"database">();
    EXPECT_EQ(metrics.acquisitions, 2U);       // Total acquisitions
    EXPECT_EQ(metrics.active, 1U);             // Active connections
    EXPECT_EQ(metrics.failures, 1U);           // Failed acquisitions ...
    EXPECT_EQ(metrics.timeouts, 1U);           // ... and those that came too late
    EXPECT_EQ(metrics.hold_time.count, 1U);    // Average hold time: of what has come back
    EXPECT_EQ(metrics.acquire_time.count, 2U); // Average acquisition time: of those that created, validated or waited
    EXPECT_LE(metrics.hold_time.average(), metrics.hold_time.max);
    EXPECT_LE(metrics.acquire_time.average(), metrics.acquire_time.max);
}

TEST_F(guide_resource_metrics, of_all_resources_that_count)
{
    const auto all = manager.metrics();
    ASSERT_EQ(all.size(), 1U);
    EXPECT_EQ(all.front().name, "database");
}

} // namespace guide::resource_health_monitoring
