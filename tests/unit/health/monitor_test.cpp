// SPDX-License-Identifier: BSL-1.0
#include "support/lockings.hpp"

#include <condition_variable>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

using namespace steward::test;
using steward::health_change;
using steward::health_monitor;
using steward::resource_health;

namespace {

using first = steward::resource<"first", session_adapter, steward::health::on_borrow<>>;
using second = steward::resource<"second", session_adapter, steward::health::passive<1>>;

/// Two resources whose health the test decides.
class monitor : public testing::Test {
public:
    session_log log;
    steward::manager<first, second> manager{first::with(session_adapter::settings{log}),
                                            second::with(session_adapter::settings{log}), steward::manual_housekeeping};
    std::mutex mutex;
    std::condition_variable changed;
    std::vector<health_change> seen;

    auto recorder()
    {
        return [this](const health_change& change) {
            const std::lock_guard lock{mutex};
            seen.push_back(change);
            changed.notify_all();
        };
    }
    void await_changes(std::size_t number)
    {
        std::unique_lock lock{mutex};
        changed.wait(lock, [&] { return seen.size() >= number; });
    }
    void break_first()
    {
        log.create_throws = true;
        EXPECT_FALSE(manager.try_acquire<"first">());
        log.create_throws = false;
    }
    void mend_first() { manager.acquire<"first">().discard(); }
};

TEST_F(monitor, reports_nothing_as_long_as_nothing_changes)
{
    mend_first();
    health_monitor watching{manager, recorder()};
    watching.check();
    watching.check();
    EXPECT_TRUE(seen.empty());
}

TEST_F(monitor, reports_each_change_once_with_reason_and_time)
{
    health_monitor watching{manager, recorder()};
    break_first();
    watching.check();
    watching.check();
    ASSERT_EQ(seen.size(), 1U);
    EXPECT_EQ(seen[0].resource, "first");
    EXPECT_EQ(seen[0].before, resource_health::unknown);
    EXPECT_EQ(seen[0].now, resource_health::unhealthy);
    EXPECT_TRUE(contains(seen[0].reason, "connection refused"));
    EXPECT_EQ(seen[0].since, manager.diagnose<"first">().since);
    mend_first();
    watching.check();
    ASSERT_EQ(seen.size(), 2U);
    EXPECT_EQ(seen[1].before, resource_health::unhealthy);
    EXPECT_EQ(seen[1].now, resource_health::healthy);
}

TEST_F(monitor, reports_the_changes_of_several_resources_in_their_order)
{
    health_monitor watching{manager, recorder()};
    manager.acquire<"second">().report_failure();
    mend_first();
    watching.check();
    ASSERT_EQ(seen.size(), 2U);
    EXPECT_EQ(seen[0].resource, "first");
    EXPECT_EQ(seen[1].resource, "second");
}

TEST_F(monitor, does_not_notice_what_changed_back_between_two_looks)
{
    mend_first();
    health_monitor watching{manager, recorder()};
    break_first();
    mend_first();
    watching.check();
    EXPECT_TRUE(seen.empty());
}

TEST_F(monitor, survives_a_callback_that_throws_and_counts_it)
{
    health_monitor watching{manager, [&](const health_change& change) {
                                recorder()(change);
                                throw std::runtime_error{"the callback fails"};
                            }};
    break_first();
    manager.acquire<"second">().report_failure();
    watching.check();
    EXPECT_EQ(seen.size(), 2U) << "the second change was not reported";
    EXPECT_EQ(watching.failed_callbacks(), 2U);
    watching.check();
    EXPECT_EQ(seen.size(), 2U) << "it was reported, however that went";
}

TEST_F(monitor, lets_the_callback_ask_the_manager)
{
    health_monitor watching{manager, [&](const health_change& change) {
                                EXPECT_EQ(manager.health<"first">(), change.now);
                                EXPECT_EQ(manager.status().size(), 2U);
                                EXPECT_TRUE(manager.try_acquire<"second">(0ms));
                            }};
    break_first();
    watching.check();
    EXPECT_EQ(watching.failed_callbacks(), 0U);
}

TEST_F(monitor, looks_on_a_thread_of_its_own)
{
    health_monitor watching{manager, recorder()};
    watching.start(1ms);
    break_first();
    await_changes(1);
    mend_first();
    await_changes(2);
}

TEST_F(monitor, stops_at_once_however_long_the_interval_is)
{
    health_monitor watching{manager, recorder()};
    watching.start(24h);
    watching.stop();
    watching.stop();
}

TEST_F(monitor, looks_no_more_once_it_is_stopped)
{
    health_monitor watching{manager, recorder()};
    watching.start(1ms);
    break_first();
    await_changes(1);
    watching.stop();
    const auto before = seen.size();
    mend_first();
    EXPECT_EQ(seen.size(), before);
    watching.check();
    EXPECT_EQ(seen.size(), before + 1) << "by hand it still does";
}

TEST_F(monitor, can_be_started_again)
{
    health_monitor watching{manager, recorder()};
    watching.start(24h);
    watching.start(1ms);
    break_first();
    await_changes(1);
    watching.stop();
    watching.start(1ms);
    mend_first();
    await_changes(2);
}

TEST_F(monitor, ends_when_its_token_says_so)
{
    health_monitor watching{manager, recorder()};
    std::stop_source stop;
    watching.start(24h, stop.get_token());
    stop.request_stop();
    watching.start(1ms); // waits for the thread before it
    break_first();
    await_changes(1);
}

TEST_F(monitor, does_not_look_with_a_token_that_was_stopped_before)
{
    health_monitor watching{manager, recorder()};
    std::stop_source stop;
    stop.request_stop();
    break_first();
    watching.start(1ns, stop.get_token());
    watching.stop();
    EXPECT_TRUE(seen.empty());
}

TEST_F(monitor, may_be_stopped_by_several_threads_at_once)
{
    for (int i = 0; i != 50; ++i) {
        health_monitor watching{manager, recorder()};
        watching.start(24h);
        std::jthread one{[&] { watching.stop(); }}, other{[&] { watching.stop(); }};
    }
}

TEST_F(monitor, refuses_an_interval_that_is_none)
{
    health_monitor watching{manager, recorder()};
    for (const auto interval : {0ms, -1ms})
        try {
            watching.start(interval);
            ADD_FAILURE();
        } catch (const steward::configuration_error& refused) {
            EXPECT_TRUE(contains(refused.what(), "interval"));
        }
}

} // namespace
