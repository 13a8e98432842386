// SPDX-License-Identifier: BSL-1.0
//
// "Best Practices", by their numbers.
#include <steward/adapters/database.hpp>
#include <steward/steward.hpp>
#include <steward/testing.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <vector>

using namespace std::chrono_literals;

namespace guide::best_practices {

using owner_names = std::vector<std::string>;
using adapter = steward::adapters::database<steward::adapters::memory>;
using database = steward::resource<"database", adapter, steward::pooling::bounded<0, 20>, steward::ownership::tracked>;

// 1.

TEST(guide_always_release_resources, by_a_scope)
{
    steward::manager<database> manager;
    int result = 0;
    {
        auto db = manager.acquire<"database">(); // automatic cleanup
        result = db->query_one<int>("select 1");
    }
    EXPECT_EQ(result, 1);
    EXPECT_EQ(manager.status<"database">().active, 0U);
}

TEST(guide_always_release_resources, by_a_scope_when_it_is_left_by_an_exception)
{
    steward::manager<database> manager;
    const auto use_resource = [&] {
        auto db = manager.acquire<"database">();
        db->execute("select nothing from nowhere");
    };
    EXPECT_THROW(use_resource(), steward::adapters::database_error);
    EXPECT_EQ(manager.status<"database">().active, 0U);
}

TEST(guide_always_release_resources, explicitly)
{
    steward::manager<database> manager;
    auto db = manager.acquire<"database">();
    db.release(); // earlier than the end of the scope
    EXPECT_EQ(manager.status<"database">().active, 0U);
    EXPECT_FALSE(db);
}

// 2.

TEST(guide_use_owner_ids, that_can_be_traced)
{
    steward::manager<database> manager;
    const std::string state_name = "load";
    const std::uint64_t execution_id = 42;

    auto literal = manager.owner("state_load", execution_id); // known when the program is compiled: allocates nothing
    auto text = manager.owner("state_" + state_name, execution_id); // made at run time: kept once for the process
    literal.acquire<"database">();
    text.acquire<"database">();

    EXPECT_EQ(manager.owners<"database">(), (owner_names{"state_load_42", "state_load_42"}));
}

// 3.

using service =
    steward::resource<"service", steward::testing::faulty<steward::adapters::value<int>>, steward::health::on_borrow<>>;

TEST(guide_monitor_resource_health, by_a_thread)
{
    steward::testing::faults faults;
    steward::manager<service> manager{service::with({.plan = &faults})};
    std::mutex mutex;
    std::condition_variable logged;
    std::vector<std::string> log;

    steward::health_monitor monitor{manager, [&](const steward::health_change& change) {
                                        const std::lock_guard lock{mutex};
                                        log.push_back("Resource " + std::string{change.resource} + " is "
                                                      + std::string{to_string(change.now)});
                                        logged.notify_all();
                                    }};
    monitor.start(1ms); // 60s in a program

    faults.create = 1;
    EXPECT_FALSE(manager.try_acquire<"service">());
    std::unique_lock lock{mutex};
    logged.wait(lock, [&] { return !log.empty(); });
    EXPECT_EQ(log.front(), "Resource service is unhealthy");
}

// 4.

TEST(guide_configure_appropriate_pools, for_high_throughput_or_low)
{
    const steward::pool_options high{.min_size = 5, .max_size = 20, .acquire_timeout = 10s};
    const steward::pool_options low{.min_size = 1, .max_size = 5, .idle_timeout = 600s}; // Longer idle time

    steward::manager<database> busy{database::with({}, high), steward::manual_housekeeping};
    steward::manager<database> quiet{database::with({}, low), steward::manual_housekeeping};
    busy.maintain();
    quiet.maintain();
    EXPECT_EQ(busy.status<"database">().size, 5U);
    EXPECT_EQ(busy.status<"database">().capacity, 20U);
    EXPECT_EQ(quiet.status<"database">().size, 1U);
    EXPECT_EQ(quiet.status<"database">().capacity, 5U);

    quiet.resize<"database">(high); // or later, when the workload is known
    EXPECT_EQ(quiet.status<"database">().capacity, 20U);
}

// 5.

TEST(guide_handle_resource_errors, with_an_exception)
{
    steward::manager<database> manager{database::with({}, {.max_size = 1})};
    auto state = manager.owner("state", 123);
    state.acquire<"database">();
    std::string logged;
    try {
        auto resource = manager.acquire<"database">(1ms);
        FAIL();
    } catch (const steward::resource_error& e) {
        logged = "Failed to acquire " + e.resource() + ": " + e.what();
        EXPECT_EQ(e.code(), steward::errc::timed_out); // Use fallback or retry
    }
    EXPECT_TRUE(logged.starts_with("Failed to acquire database: database: acquire: timed out")) << logged;
    EXPECT_TRUE(logged.ends_with("(held by state_123)")) << logged;
}

TEST(guide_handle_resource_errors, without_exceptions)
{
    steward::manager<database> manager{database::with({}, {.max_size = 1})};
    auto held = manager.acquire<"database">();
    const auto resource = manager.try_acquire<"database">(0ms);
    EXPECT_EQ(resource ? "resource" : "fallback", std::string{"fallback"});
}

} // namespace guide::best_practices
