// SPDX-License-Identifier: BSL-1.0
//
// "Resource Pooling": the policy is the most that is compiled in; the options of one manager are the guide's PoolConfig.
#include <steward/adapters/database.hpp>
#include <steward/steward.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <cstddef>
#include <vector>

using namespace std::chrono_literals;

namespace guide::resource_pooling {

using database = steward::resource<"database", steward::adapters::database<steward::adapters::memory>,
                                   steward::pooling::bounded<0, 100>, steward::metrics::counters>;
using manager_type = steward::manager<database>;

const steward::pool_options pool_config{
    .min_size = 2,
    .max_size = 10,
    .acquire_timeout = 30s,
    .idle_timeout = 300s, // 5 minutes
};

class guide_resource_pooling : public testing::Test {
protected:
    manager_type manager{database::with({}, pool_config), steward::manual_housekeeping};
    const steward::time_point start = steward::clock::now();

    std::vector<manager_type::lease_type<"database">> acquire_all_there_are()
    {
        std::vector<manager_type::lease_type<"database">> all;
        while (auto lease = manager.try_acquire<"database">(0s))
            all.push_back(std::move(*lease));
        return all;
    }
};

TEST_F(guide_resource_pooling, min_size_is_there_before_anybody_asks)
{
    manager.maintain(start);
    EXPECT_EQ(manager.status<"database">().size, 2U);
}

TEST_F(guide_resource_pooling, max_size_is_never_exceeded) { EXPECT_EQ(acquire_all_there_are().size(), 10U); }

TEST_F(guide_resource_pooling, max_idle_time_closes_what_is_not_used)
{
    acquire_all_there_are().clear();
    manager.maintain(start);
    ASSERT_EQ(manager.status<"database">().size, 10U);
    manager.maintain(start + 301s);
    EXPECT_EQ(manager.status<"database">().size, 2U) << "min_size stays";
}

TEST_F(guide_resource_pooling, acquire_timeout_ends_the_wait)
{
    manager.resize<"database">({.acquire_timeout = 1ms});
    const auto all = acquire_all_there_are();
    const auto late = manager.try_acquire<"database">();
    ASSERT_FALSE(late);
    EXPECT_EQ(late.error().code(), steward::errc::timed_out);
}

TEST_F(guide_resource_pooling, pool_metrics)
{
    manager.maintain(start);
    auto db = manager.acquire<"database">();
    const steward::metrics_snapshot metrics = manager.metrics<"database">();
    EXPECT_EQ(metrics.size, 2U);      // Pool size
    EXPECT_EQ(metrics.available, 1U); // Available
}

TEST_F(guide_resource_pooling, connections_are_used_again)
{
    const void* const first = manager.acquire<"database">().get();
    EXPECT_EQ(manager.acquire<"database">().get(), first);
    EXPECT_EQ(manager.metrics<"database">().creations, 1U);
}

TEST(guide_pool_config, that_cannot_work_is_refused_with_all_that_is_wrong)
{
    try {
        manager_type manager{database::with({}, {.min_size = 20, .max_size = 10, .acquire_timeout = -1s})};
        FAIL();
    } catch (const steward::configuration_error& error) {
        ASSERT_EQ(error.problems().size(), 2U);
        EXPECT_EQ(error.problems()[0].field, "max_size");
        EXPECT_EQ(error.problems()[1].field, "acquire_timeout");
    }
}

} // namespace guide::resource_pooling
