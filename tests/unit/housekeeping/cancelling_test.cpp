// SPDX-License-Identifier: BSL-1.0
#include "support/lockings.hpp"
#include "support/stop_point.hpp"

#include <atomic>
#include <stop_token>
#include <thread>

using namespace steward::test;
using steward::errc;

namespace {

/// A stop token ends a wait.
template <class B>
class cancelling : public pool_fixture<B> {
public:
    std::stop_source stop;
};
TYPED_TEST_SUITE(cancelling, each_threaded_locking, policy_names);

TYPED_TEST(cancelling, ends_a_wait_at_once)
{
    auto manager = this->make({.max_size = 1});
    auto held = manager.template acquire<"sessions">();
    std::jthread waiting{
        [&] { EXPECT_EQ(code_of(manager.template try_acquire<"sessions">(this->stop.get_token())), errc::cancelled); }};
    until_somebody_waits(manager);
    this->stop.request_stop();
    waiting.join();
    EXPECT_EQ(manager.template status<"sessions">().waiting, 0U);
    EXPECT_EQ(manager.template metrics<"sessions">().failed_with(errc::cancelled), 1U);
}

TYPED_TEST(cancelling, before_a_wait_keeps_it_from_beginning)
{
    auto manager = this->make({.max_size = 1});
    auto held = manager.template acquire<"sessions">();
    this->stop.request_stop();
    EXPECT_EQ(code_of(manager.template try_acquire<"sessions">(this->stop.get_token())), errc::cancelled);
}

TYPED_TEST(cancelling, changes_nothing_for_who_need_not_wait)
{
    auto manager = this->make({.max_size = 1});
    this->stop.request_stop();
    EXPECT_TRUE(manager.template try_acquire<"sessions">(this->stop.get_token())) << "created";
    EXPECT_TRUE(manager.template try_acquire<"sessions">(this->stop.get_token())) << "idle";
}

TYPED_TEST(cancelling, does_not_end_a_create)
{
    auto manager = this->make();
    this->log.while_creating = [&] { this->stop.request_stop(); };
    EXPECT_TRUE(manager.template try_acquire<"sessions">(this->stop.get_token()));
}

TYPED_TEST(cancelling, ends_the_wait_of_those_alone_who_have_that_token)
{
    auto manager = this->make({.max_size = 1});
    auto held = manager.template acquire<"sessions">();
    std::jthread other{[&] { EXPECT_TRUE(manager.template try_acquire<"sessions">()); }};
    std::jthread waiting{
        [&] { EXPECT_EQ(code_of(manager.template try_acquire<"sessions">(this->stop.get_token())), errc::cancelled); }};
    until_somebody_waits(manager, 2);
    this->stop.request_stop();
    waiting.join();
    EXPECT_EQ(manager.template status<"sessions">().waiting, 1U);
    held.release();
}

TYPED_TEST(cancelling, goes_with_a_time_out)
{
    auto manager = this->make({.max_size = 1});
    auto held = manager.template acquire<"sessions">();
    EXPECT_EQ(code_of(manager.template try_acquire<"sessions">(1ms, this->stop.get_token())), errc::timed_out);
    EXPECT_EQ(code_of(manager.template try_acquire<"sessions">(0ms, this->stop.get_token())), errc::timed_out);
    EXPECT_EQ(code_of(manager.template try_acquire<"sessions">(-1ms, this->stop.get_token())), errc::configuration);
    std::jthread waiting{[&] {
        EXPECT_EQ(code_of(manager.template try_acquire<"sessions">(10min, this->stop.get_token())), errc::cancelled);
    }};
    until_somebody_waits(manager);
    this->stop.request_stop();
}

TYPED_TEST(cancelling, throws_where_acquire_does)
{
    auto manager = this->make({.max_size = 1});
    auto held = manager.template acquire<"sessions">();
    this->stop.request_stop();
    try {
        static_cast<void>(manager.template acquire<"sessions">(this->stop.get_token()));
        ADD_FAILURE() << "it was served";
    } catch (const steward::resource_error& error) {
        EXPECT_EQ(error.code(), errc::cancelled);
    }
}

TYPED_TEST(cancelling, ends_the_wait_of_an_owner)
{
    auto manager = this->make({.max_size = 1});
    auto held = manager.template acquire<"sessions">();
    std::jthread waiting{[&] {
        auto owner = manager.owner("load", 1);
        EXPECT_EQ(code_of(owner.template try_acquire<"sessions">(this->stop.get_token())), errc::cancelled);
        EXPECT_FALSE(owner.template has<"sessions">());
    }};
    until_somebody_waits(manager);
    this->stop.request_stop();
}

TYPED_TEST(cancelling, ends_the_wait_for_a_suspended_resource)
{
    auto manager = this->make();
    manager.template suspend<"sessions">();
    std::jthread waiting{
        [&] { EXPECT_EQ(code_of(manager.template try_acquire<"sessions">(this->stop.get_token())), errc::cancelled); }};
    until_somebody_waits(manager);
    this->stop.request_stop();
    waiting.join();
    manager.template resume<"sessions">();
}

TYPED_TEST(cancelling, in_the_moment_of_a_grant_loses_no_slot)
{
    auto manager = this->make({.max_size = 1});
    int served = 0, cancelled = 0;
    for (int i = 0; i != 200; ++i) {
        std::stop_source now;
        auto held = manager.template acquire<"sessions">();
        std::jthread waiting{[&] {
            const auto answer = manager.template try_acquire<"sessions">(now.get_token());
            ++(answer ? served : cancelled);
            if (!answer) {
                EXPECT_EQ(answer.error().code(), errc::cancelled);
            }
        }};
        until_somebody_waits(manager);
        std::jthread stopping{[&] { now.request_stop(); }};
        held.release();
        stopping.join();
        waiting.join();
        EXPECT_TRUE(manager.template try_acquire<"sessions">(0ms)) << "the slot was lost";
    }
    EXPECT_EQ(served + cancelled, 200);
    const auto counted = manager.template metrics<"sessions">();
    EXPECT_EQ(counted.acquisitions, counted.releases);
    EXPECT_EQ(counted.failures, static_cast<std::uint64_t>(cancelled));
}

/// Who waits while another thread creates a shared resource.
template <class B>
class cancelling_shared : public testing::Test {
public:
    using files = steward::resource<"files", session_adapter, typename B::locking, steward::pooling::shared,
                                    steward::metrics::counters>;
    session_log log;
    std::stop_source stop;
    steward::manager<files> manager{files::with(session_adapter::settings{log}), steward::manual_housekeeping};
};
TYPED_TEST_SUITE(cancelling_shared, each_threaded_locking, policy_names);

TYPED_TEST(cancelling_shared, ends_the_wait_while_another_thread_creates)
{
    stop_point creating;
    this->log.while_creating = [&] { creating.arrive(); };
    std::jthread creator{[&] { EXPECT_TRUE(this->manager.template try_acquire<"files">()); }};
    creating.await(1);
    std::jthread waiting{[&] {
        EXPECT_EQ(code_of(this->manager.template try_acquire<"files">(this->stop.get_token())), errc::cancelled);
    }};
    std::this_thread::yield();
    this->stop.request_stop();
    waiting.join();
    creating.open();
}

TYPED_TEST(cancelling_shared, ends_the_wait_while_it_is_suspended)
{
    this->manager.template suspend<"files">();
    std::jthread waiting{[&] {
        EXPECT_EQ(code_of(this->manager.template try_acquire<"files">(this->stop.get_token())), errc::cancelled);
    }};
    this->stop.request_stop();
    waiting.join();
    this->manager.template resume<"files">();
    EXPECT_TRUE(this->manager.template try_acquire<"files">(this->stop.get_token())) << "nobody has to wait";
}

} // namespace
