// SPDX-License-Identifier: BSL-1.0
//
// "Async Cleanup".
#include <steward/adapters/database.hpp>
#include <steward/steward.hpp>

#include <gtest/gtest.h>

#include <chrono>
#include <future>
#include <string>
#include <vector>

using namespace std::chrono_literals;

namespace guide::async_cleanup {

using adapter = steward::adapters::database<steward::adapters::memory>;
using orders = steward::resource<"orders", adapter, steward::ownership::tracked>;
using users = steward::resource<"users", adapter, steward::ownership::tracked>;

class guide_async_cleanup : public testing::Test {
protected:
    steward::manager<orders, users> manager;
};

TEST_F(guide_async_cleanup, of_all_resources)
{
    manager.acquire<"orders">().release();
    manager.acquire<"users">().release();

    std::future<steward::cleanup_report> cleaning = manager.cleanup_async();

    const steward::cleanup_report report = cleaning.get(); // what asyncio.run waits for
    EXPECT_TRUE(report.complete());
    EXPECT_EQ(manager.status<"orders">().size, 0U);
    EXPECT_EQ(manager.try_acquire<"users">().error().code(), steward::errc::closed);
}

TEST_F(guide_async_cleanup, on_a_thread_of_the_programs_own)
{
    manager.acquire<"orders">().release();
    auto cleaning = std::async(std::launch::async, [this] { return manager.cleanup(); });
    EXPECT_TRUE(cleaning.get().complete());
}

TEST_F(guide_async_cleanup, says_what_is_still_in_use_and_closes_it_as_it_comes_back)
{
    auto state = manager.owner("state", 123);
    state.acquire<"orders">();

    const steward::cleanup_report report = manager.cleanup(1ms);
    ASSERT_EQ(report.still_lent.size(), 1U);
    EXPECT_EQ(report.still_lent[0].resource, "orders");
    EXPECT_EQ(report.still_lent[0].holders, std::vector<std::string>{"state_123"});

    state.release_all();
    EXPECT_EQ(manager.status<"orders">().size, 0U);
    EXPECT_TRUE(manager.cleanup().complete());
}

} // namespace guide::async_cleanup
