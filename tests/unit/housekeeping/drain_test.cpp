// SPDX-License-Identifier: BSL-1.0
#include "support/lockings.hpp"

#include <atomic>
#include <thread>
#include <vector>

using namespace steward::test;
using steward::errc;

namespace {

/// Newcomers are refused, those who are there are served to the end.
template <class B>
class drain : public pool_fixture<B> {
public:
    static void until_newcomers_are_refused(auto& manager)
    {
        wait_until([&] {
            const auto answer = manager.template try_acquire<"sessions">(0ms);
            return !answer && answer.error().code() == errc::closed;
        });
    }
};
TYPED_TEST_SUITE(drain, each_threaded_locking, policy_names);

TYPED_TEST(drain, of_what_nobody_holds_closes_at_once)
{
    auto manager = this->make();
    manager.template acquire<"sessions">().release();
    EXPECT_TRUE(manager.template drain<"sessions">());
    EXPECT_EQ(this->log.live(), 0);
    EXPECT_EQ(manager.template status<"sessions">().state, steward::resource_state::closed);
    EXPECT_EQ(code_of(manager.template try_acquire<"sessions">()), errc::closed);
}

TYPED_TEST(drain, waits_for_what_is_lent)
{
    auto manager = this->make();
    auto lease = manager.template acquire<"sessions">();
    std::atomic<bool> all{false};
    std::jthread draining{[&] { all = manager.template drain<"sessions">(10min); }};
    this->until_newcomers_are_refused(manager);
    EXPECT_EQ(lease->number, 1);
    lease.release();
    draining.join();
    EXPECT_TRUE(all);
    EXPECT_EQ(this->log.live(), 0);
}

TYPED_TEST(drain, serves_those_who_wait_and_refuses_newcomers)
{
    auto manager = this->make({.max_size = 1});
    auto lease = manager.template acquire<"sessions">();
    std::atomic<int> served{0};
    std::vector<std::jthread> waiting;
    for (int i = 0; i != 3; ++i)
        waiting.emplace_back([&] {
            if (manager.template try_acquire<"sessions">())
                ++served;
        });
    until_somebody_waits(manager, 3);
    std::jthread draining{[&] { EXPECT_TRUE(manager.template drain<"sessions">(10min)); }};
    this->until_newcomers_are_refused(manager);
    EXPECT_EQ(served, 0);
    lease.release();
    draining.join();
    waiting.clear();
    EXPECT_EQ(served, 3);
}

TYPED_TEST(drain, serves_those_who_wait_with_a_new_resource_where_the_old_one_is_discarded)
{
    auto manager = this->make({.max_size = 1});
    auto lease = manager.template acquire<"sessions">();
    std::jthread waiting{[&] { EXPECT_EQ(manager.template acquire<"sessions">()->number, 2); }};
    until_somebody_waits(manager);
    std::jthread draining{[&] { EXPECT_TRUE(manager.template drain<"sessions">(10min)); }};
    this->until_newcomers_are_refused(manager);
    lease.discard();
}

TYPED_TEST(drain, ends_at_its_deadline_and_closes_all_the_same)
{
    auto manager = this->make({.max_size = 1});
    auto lease = manager.template acquire<"sessions">();
    std::jthread waiting{[&] { EXPECT_EQ(code_of(manager.template try_acquire<"sessions">()), errc::closed); }};
    until_somebody_waits(manager);
    EXPECT_FALSE(manager.template drain<"sessions">(1ms));
    waiting.join();
    lease.release();
    EXPECT_EQ(this->log.live(), 0) << "closed as it came back";
}

TYPED_TEST(drain, of_a_closed_resource_is_harmless)
{
    auto manager = this->make();
    manager.close();
    EXPECT_TRUE(manager.template drain<"sessions">());
    EXPECT_TRUE(manager.drain());
}

TYPED_TEST(drain, of_a_suspended_resource_closes_it)
{
    auto manager = this->make();
    manager.template acquire<"sessions">().release();
    manager.template suspend<"sessions">();
    EXPECT_TRUE(manager.template drain<"sessions">());
    EXPECT_EQ(this->log.live(), 0);
}

TYPED_TEST(drain, of_a_suspended_resource_refuses_those_who_wait)
{
    auto manager = this->make();
    auto held = manager.template acquire<"sessions">();
    manager.template suspend<"sessions">();
    std::jthread waiting{[&] { EXPECT_EQ(code_of(manager.template try_acquire<"sessions">()), errc::closed); }};
    until_somebody_waits(manager);
    std::jthread draining{[&] { EXPECT_TRUE(manager.template drain<"sessions">(10min)); }};
    waiting.join(); // though the lease is still out
    held.release();
}

TYPED_TEST(drain, can_be_followed_by_opening_again)
{
    auto manager = this->make();
    manager.template acquire<"sessions">().release();
    EXPECT_TRUE(manager.template drain<"sessions">());
    manager.template reopen<"sessions">(session_adapter::settings{this->log});
    EXPECT_EQ(manager.template acquire<"sessions">()->number, 2);
}

/// All resources of a manager.
template <class B>
class drain_all : public drain<B> {
public:
    using pooled = steward::resource<"sessions", session_adapter, typename B::locking, typename B::pooling>;
    using shared = steward::resource<"files", session_adapter, typename B::locking, steward::pooling::shared>;
    using transient = steward::resource<"buffers", session_adapter, typename B::locking, steward::pooling::transient>;

    steward::manager<pooled, shared, transient> manager{
        pooled::with(session_adapter::settings{this->log}), shared::with(session_adapter::settings{this->log}),
        transient::with(session_adapter::settings{this->log}), steward::manual_housekeeping};
};
TYPED_TEST_SUITE(drain_all, each_threaded_locking, policy_names);

TYPED_TEST(drain_all, waits_for_the_leases_of_each)
{
    auto a = this->manager.template acquire<"sessions">();
    auto b = this->manager.template acquire<"files">();
    auto c = this->manager.template acquire<"buffers">();
    std::atomic<bool> done{false};
    std::jthread draining{[&] {
        EXPECT_TRUE(this->manager.drain(10min));
        done = true;
    }};
    this->until_newcomers_are_refused(this->manager);
    a.release();
    b.release();
    EXPECT_FALSE(done);
    c.release();
    draining.join();
    EXPECT_EQ(this->log.live(), 0);
}

TYPED_TEST(drain_all, refuses_newcomers_of_each)
{
    auto held = this->manager.template acquire<"files">();
    std::jthread draining{[&] { EXPECT_TRUE(this->manager.drain(10min)); }};
    this->until_newcomers_are_refused(this->manager);
    EXPECT_EQ(code_of(this->manager.template try_acquire<"files">()), errc::closed);
    EXPECT_EQ(code_of(this->manager.template try_acquire<"buffers">()), errc::closed);
    held.release();
}

TYPED_TEST(drain_all, can_be_done_by_name)
{
    auto file = this->manager.template acquire<"files">();
    auto buffer = this->manager.template acquire<"buffers">();
    EXPECT_FALSE(this->manager.template drain<"files">(1ms));
    EXPECT_FALSE(this->manager.template drain<"buffers">(1ms));
    file.release();
    buffer.release();
    EXPECT_TRUE(this->manager.template drain<"files">());
    EXPECT_TRUE(this->manager.template drain<"buffers">());
    EXPECT_TRUE(this->manager.template try_acquire<"sessions">()) << "that one was not drained";
}

TYPED_TEST(drain_all, says_what_did_not_come_back_in_time)
{
    auto held = this->manager.template acquire<"buffers">();
    EXPECT_FALSE(this->manager.drain(1ms));
    EXPECT_EQ(code_of(this->manager.template try_acquire<"sessions">()), errc::closed);
}

} // namespace
