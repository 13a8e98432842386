// SPDX-License-Identifier: BSL-1.0
#include "support/lockings.hpp"
#include "support/stop_point.hpp"

#include <algorithm>
#include <atomic>
#include <future>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

using namespace steward::test;
using steward::cleanup_report;
using steward::errc;

namespace {

/// Everything is closed, at once, and what was not is said.
template <class B>
class cleanup : public pool_fixture<B> {
public:
    static void fill(auto& manager, std::size_t number)
    {
        std::vector<decltype(manager.template acquire<"sessions">())> leases;
        for (std::size_t i = 0; i != number; ++i)
            leases.push_back(manager.template acquire<"sessions">());
    }
};
TYPED_TEST_SUITE(cleanup, each_locking, policy_names);

TYPED_TEST(cleanup, closes_everything)
{
    auto manager = this->make();
    this->fill(manager, 4);
    const cleanup_report report = manager.cleanup();
    EXPECT_TRUE(report.complete());
    EXPECT_TRUE(report.failed.empty());
    EXPECT_EQ(this->log.live(), 0);
    EXPECT_EQ(code_of(manager.template try_acquire<"sessions">()), errc::closed);
    EXPECT_EQ(manager.template status<"sessions">().state, steward::resource_state::closed);
}

TYPED_TEST(cleanup, is_harmless_if_repeated)
{
    auto manager = this->make();
    this->fill(manager, 2);
    for (int i = 0; i != 3; ++i)
        EXPECT_TRUE(manager.cleanup().complete());
    EXPECT_EQ(this->log.destroyed, 2);
    manager.close();
    EXPECT_TRUE(manager.cleanup(0ms).complete());
}

TYPED_TEST(cleanup, of_what_was_never_used_is_complete)
{
    EXPECT_TRUE(this->make().cleanup().complete());
    EXPECT_EQ(this->log.created, 0);
}

TYPED_TEST(cleanup, reports_what_is_still_lent_and_by_whom)
{
    auto manager = this->make();
    auto anonymous = manager.template acquire<"sessions">();
    auto owner = manager.owner("load", 7);
    owner.template acquire<"sessions">();
    const cleanup_report report = manager.cleanup(1ms);
    EXPECT_FALSE(report.complete());
    ASSERT_EQ(report.still_lent.size(), 1U);
    EXPECT_EQ(report.still_lent[0].resource, "sessions");
    EXPECT_EQ(report.still_lent[0].leases, 2U);
    EXPECT_TRUE(std::ranges::count(report.still_lent[0].holders, "load_7") == 1);
    EXPECT_TRUE(report.still_closing.empty());
    anonymous.release();
    owner.release_all();
    EXPECT_EQ(this->log.live(), 0) << "closed as they came back";
    EXPECT_TRUE(manager.cleanup(1ms).complete());
}

TYPED_TEST(cleanup, reports_what_failed_in_its_words_once)
{
    auto manager = this->make();
    this->fill(manager, 3);
    this->log.destroy_throws = true;
    const cleanup_report report = manager.cleanup();
    EXPECT_TRUE(report.complete()) << "they are gone, however badly";
    ASSERT_EQ(report.failed.size(), 3U);
    for (const auto& failure : report.failed) {
        EXPECT_EQ(failure.resource, "sessions");
        EXPECT_EQ(failure.what, "destroy failed");
    }
    EXPECT_TRUE(manager.cleanup().failed.empty());
}

TYPED_TEST(cleanup, reports_no_secret)
{
    auto manager = this->make();
    this->fill(manager, 1);
    this->log.while_destroying = [] { throw std::runtime_error{"db://me:hunter2@host is gone"}; };
    const cleanup_report report = manager.cleanup();
    ASSERT_EQ(report.failed.size(), 1U);
    EXPECT_FALSE(contains(report.failed[0].what, "hunter2"));
    EXPECT_TRUE(contains(report.failed[0].what, "host"));
}

TYPED_TEST(cleanup, goes_on_with_others_after_one_that_failed)
{
    auto manager = this->make();
    this->fill(manager, 3);
    this->log.while_destroying = [n = std::make_shared<std::atomic<int>>(0)] {
        if (++*n == 1)
            throw 5;
    };
    const cleanup_report report = manager.cleanup();
    EXPECT_EQ(this->log.live(), 0);
    ASSERT_EQ(report.failed.size(), 1U);
    EXPECT_EQ(report.failed[0].what, "an exception that is no std::exception");
}

TYPED_TEST(cleanup, covers_every_kind_of_resource)
{
    using locking = typename TypeParam::locking;
    using pooled = steward::resource<"sessions", session_adapter, locking>;
    using shared =
        steward::resource<"files", session_adapter, locking, steward::pooling::shared, steward::ownership::tracked>;
    using transient = steward::resource<"buffers", session_adapter, locking, steward::pooling::transient>;
    using nothing = steward::resource<"number", steward::adapters::value<int>>;
    steward::manager<nothing, pooled, shared, transient> manager{
        pooled::with(session_adapter::settings{this->log}), shared::with(session_adapter::settings{this->log}),
        transient::with(session_adapter::settings{this->log}), steward::manual_housekeeping};
    manager.template acquire<"sessions">().release();
    auto owner = manager.owner("load", 1);
    owner.template acquire<"files">();
    auto buffer = manager.template acquire<"buffers">();
    const cleanup_report report = manager.cleanup(1ms);
    ASSERT_EQ(report.still_lent.size(), 2U);
    EXPECT_EQ(report.still_lent[0].resource, "files");
    EXPECT_EQ(report.still_lent[0].holders, std::vector<std::string>{"load_1"});
    EXPECT_EQ(report.still_lent[1].resource, "buffers");
    owner.release_all();
    buffer.release();
    EXPECT_TRUE(manager.cleanup().complete());
    EXPECT_EQ(this->log.live(), 0);
}

/// What only several threads can do.
template <class B>
class cleanup_threads : public cleanup<B> {};
TYPED_TEST_SUITE(cleanup_threads, each_threaded_locking, policy_names);

TYPED_TEST(cleanup_threads, destroys_many_at_once)
{
    using many =
        steward::resource<"sessions", session_adapter, typename TypeParam::locking, steward::pooling::bounded<0, 64>>;
    stop_point destroying;
    this->log.while_destroying = [&] { destroying.arrive(); };
    steward::manager<many> manager{many::with(session_adapter::settings{this->log}), steward::manual_housekeeping};
    this->fill(manager, 64);
    auto report = manager.cleanup_async(10min);
    destroying.await(64); // one after another they would never all be there
    destroying.open();
    EXPECT_TRUE(report.get().complete());
    EXPECT_EQ(this->log.destroyed, 64);
}

TYPED_TEST(cleanup_threads, reports_what_does_not_end_in_time_and_waits_for_it_later)
{
    auto manager = this->make();
    this->fill(manager, 3);
    stop_point destroying;
    std::atomic<int> first{0};
    this->log.while_destroying = [&] {
        if (++first == 1)
            destroying.arrive();
    };
    std::future<cleanup_report> slow = manager.cleanup_async(1ms);
    const cleanup_report report = slow.get();
    EXPECT_FALSE(report.complete());
    destroying.await(1);
    wait_until([&] { return first == 3; }); // it delays no other
    const cleanup_report again = manager.cleanup(1ms);
    ASSERT_EQ(again.still_closing.size(), 1U);
    EXPECT_EQ(again.still_closing[0].resource, "sessions");
    EXPECT_GE(again.still_closing[0].resources, 1U);
    EXPECT_TRUE(again.still_lent.empty());
    destroying.open();
    EXPECT_TRUE(manager.cleanup(10min).complete());
}

TYPED_TEST(cleanup_threads, of_a_shared_resource_that_does_not_end_in_time_is_reported)
{
    using files = steward::resource<"files", session_adapter, typename TypeParam::locking, steward::pooling::shared>;
    stop_point destroying;
    this->log.while_destroying = [&] { destroying.arrive(); };
    this->log.destroy_throws = true;
    steward::manager<files> manager{files::with(session_adapter::settings{this->log})};
    manager.template acquire<"files">().release();
    const cleanup_report report = manager.cleanup(1ms);
    ASSERT_EQ(report.still_closing.size(), 1U);
    EXPECT_EQ(report.still_closing[0].resource, "files");
    EXPECT_EQ(report.still_closing[0].resources, 1U);
    destroying.open();
    const cleanup_report end = manager.cleanup(10min);
    EXPECT_TRUE(end.complete());
    ASSERT_EQ(end.failed.size(), 1U);
    EXPECT_EQ(end.failed[0].what, "destroy failed");
}

TYPED_TEST(cleanup_threads, may_be_done_by_several_at_once)
{
    auto manager = this->make();
    this->fill(manager, 4);
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t != 3; ++t)
            threads.emplace_back([&] { EXPECT_TRUE(manager.cleanup(10min).complete()); });
    }
    EXPECT_EQ(this->log.destroyed, 4);
}

TYPED_TEST(cleanup_threads, ends_what_others_do)
{
    auto manager = this->make({.max_size = 2});
    std::vector<std::jthread> threads;
    std::atomic<int> served{0};
    for (int t = 0; t != 4; ++t)
        threads.emplace_back([&] {
            for (;;) {
                const auto lease = manager.template try_acquire<"sessions">();
                if (!lease) {
                    EXPECT_EQ(lease.error().code(), errc::closed);
                    return;
                }
                ++served;
            }
        });
    wait_until([&] { return served > 10; });
    EXPECT_TRUE(manager.cleanup(10min).complete());
    threads.clear();
    EXPECT_EQ(this->log.live(), 0);
}

TYPED_TEST(cleanup_threads, waits_for_what_comes_back)
{
    auto manager = this->make();
    auto lease = manager.template acquire<"sessions">();
    auto report = manager.cleanup_async(10min);
    wait_until([&] { return manager.template status<"sessions">().state == steward::resource_state::closed; });
    lease.release();
    EXPECT_TRUE(report.get().complete());
}

TYPED_TEST(cleanup_threads, on_a_thread_of_its_own_is_waited_for_by_the_end_of_the_manager)
{
    std::future<cleanup_report> report;
    {
        auto manager = this->make();
        this->fill(manager, 4);
        report = manager.cleanup_async();
    }
    EXPECT_EQ(report.wait_for(0s), std::future_status::ready);
    EXPECT_TRUE(report.get().complete());
}

} // namespace
