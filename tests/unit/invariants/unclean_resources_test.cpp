// SPDX-License-Identifier: BSL-1.0
#include "pools_that_differ.hpp"

#include <stdexcept>
#include <stop_token>
#include <thread>

using namespace steward::test;
using namespace steward::literals;
using steward::errc;

namespace {

/// A connection as a database has it.
struct connection {
    int number;
    bool in_transaction = false;
};

/// Whether `reset` rolls back, or validate only says what it finds.
template <bool RollsBack>
class connection_adapter {
public:
    using settings = session_adapter::settings;
    using resource_type = connection;

    explicit connection_adapter(settings s) : log_{s.log} {}

    connection create() { return {++log_->created}; }
    bool validate(connection& c) const { return !c.in_transaction; }
    void destroy(connection&) { ++log_->destroyed; }
    void reset(connection& c)
        requires RollsBack
    {
        if (log_->reset_throws)
            throw std::runtime_error{"the server is gone"};
        c.in_transaction = false;
    }

private:
    session_log* log_;
};

// 20. What comes back while an exception unwinds, or in an open transaction, reaches the next holder clean or not at all
// (r2d2 #31, sqlx #4393); a cancellation that arrives late never hits the next holder (lib/pq #1001).
template <class B>
class invariant_20 : public pool_fixture<B> {
public:
    template <bool RollsBack, class... More>
    using connections = steward::resource<"sessions", connection_adapter<RollsBack>, typename B::locking, More...,
                                          steward::metrics::counters>;

    template <class Resource>
    steward::manager<Resource> make_one()
    {
        return steward::manager<Resource>{Resource::with(session_adapter::settings{this->log}, {.max_size = 1}),
                                          steward::manual_housekeeping};
    }
    static void fail_in_a_transaction(auto& manager)
    {
        try {
            auto lease = manager.template acquire<"sessions">();
            lease->in_transaction = true;
            throw std::runtime_error{"the holder failed"};
        } catch (const std::runtime_error&) {
        }
    }
    static void leave_a_transaction_open(auto& manager)
    {
        manager.template acquire<"sessions">()->in_transaction = true;
    }
};
TYPED_TEST_SUITE(invariant_20, pools_that_differ, policy_names);

TYPED_TEST(invariant_20, what_comes_back_while_an_exception_unwinds_reaches_the_next_holder_clean)
{
    auto manager = this->template make_one<typename TestFixture::template connections<true>>();
    this->fail_in_a_transaction(manager);
    const auto next = manager.template acquire<"sessions">();
    EXPECT_EQ(next->number, 1);
    EXPECT_FALSE(next->in_transaction);
}

TYPED_TEST(invariant_20, what_comes_back_while_an_exception_unwinds_and_cannot_be_cleaned_reaches_nobody)
{
    auto manager = this->template make_one<typename TestFixture::template connections<true>>();
    this->log.reset_throws = true;
    this->fail_in_a_transaction(manager);
    EXPECT_EQ(this->log.destroyed, 1);
    EXPECT_EQ(manager.template acquire<"sessions">()->number, 2);
}

TYPED_TEST(invariant_20, what_comes_back_while_an_exception_unwinds_and_is_unclean_reaches_nobody)
{
    auto manager = // which would be trusted for the next ten seconds
        this->template make_one<typename TestFixture::template connections<false, steward::health::on_borrow<10_s>>>();
    this->fail_in_a_transaction(manager);
    EXPECT_EQ(manager.template acquire<"sessions">()->number, 2);
}

/// The user says that nothing shall be kept.
struct discarding : steward::pooling::bounded<0, 4> {
    static constexpr auto when_unwinding = steward::unwinding::discarded;
};

TYPED_TEST(invariant_20, what_comes_back_while_an_exception_unwinds_reaches_nobody_where_it_is_to_be_discarded)
{
    auto manager = this->template make_one<typename TestFixture::template connections<false, discarding>>();
    this->fail_in_a_transaction(manager);
    EXPECT_EQ(manager.template acquire<"sessions">()->number, 2);
}

TYPED_TEST(invariant_20, what_an_owner_leaves_while_an_exception_unwinds_reaches_the_next_holder_clean)
{
    auto manager = this->template make_one<typename TestFixture::template connections<true>>();
    try {
        auto owner = manager.owner("load", 1);
        owner.template acquire<"sessions">().in_transaction = true;
        throw std::runtime_error{"the holder failed"};
    } catch (const std::runtime_error&) {
    }
    EXPECT_FALSE(manager.template acquire<"sessions">()->in_transaction);
}

TYPED_TEST(invariant_20, what_comes_back_in_an_open_transaction_reaches_the_next_holder_clean)
{
    auto manager = this->template make_one<typename TestFixture::template connections<true>>();
    this->leave_a_transaction_open(manager);
    const auto next = manager.template acquire<"sessions">();
    EXPECT_EQ(next->number, 1);
    EXPECT_FALSE(next->in_transaction);
}

TYPED_TEST(invariant_20, what_comes_back_in_an_open_transaction_and_cannot_be_cleaned_reaches_nobody)
{
    auto manager = this->template make_one<typename TestFixture::template connections<true>>();
    this->log.reset_throws = true;
    this->leave_a_transaction_open(manager);
    EXPECT_EQ(manager.template acquire<"sessions">()->number, 2);
}

TYPED_TEST(invariant_20, what_comes_back_in_an_open_transaction_to_a_waiter_reaches_it_clean)
{
    auto manager = this->template make_one<typename TestFixture::template connections<true>>();
    auto lease = manager.template acquire<"sessions">();
    lease->in_transaction = true;
    std::jthread waiting{[&] { EXPECT_FALSE(manager.template acquire<"sessions">()->in_transaction); }};
    until_somebody_waits(manager);
    lease.release();
}

TYPED_TEST(invariant_20, a_cancellation_that_arrives_late_never_hits_the_next_holder)
{
    auto manager = this->make({.max_size = 1});
    std::stop_source stop;
    auto held = manager.template acquire<"sessions">();
    decltype(held) first;
    std::jthread waiting{[&] { first = manager.template acquire<"sessions">(stop.get_token()); }};
    until_somebody_waits(manager);
    held.release();
    waiting.join();
    std::jthread next{[&] { EXPECT_TRUE(manager.template try_acquire<"sessions">()); }};
    until_somebody_waits(manager);
    stop.request_stop(); // of him who was served already
    EXPECT_EQ(first->number, 1);
    EXPECT_EQ(manager.template status<"sessions">().waiting, 1U);
    first.release();
    next.join();
    EXPECT_EQ(manager.template metrics<"sessions">().failed_with(errc::cancelled), 0U);
}

TYPED_TEST(invariant_20, a_cancellation_in_the_moment_of_a_grant_never_hits_the_next_holder)
{
    auto manager = this->make({.max_size = 1});
    for (int i = 0; i != 100; ++i) {
        auto held = manager.template acquire<"sessions">();
        std::stop_source stop;
        std::jthread first{[&] { static_cast<void>(manager.template try_acquire<"sessions">(stop.get_token())); }};
        std::jthread next{[&] { EXPECT_TRUE(manager.template try_acquire<"sessions">()); }};
        until_somebody_waits(manager, 2);
        std::jthread canceller{[&] { stop.request_stop(); }};
        held.release();
    }
}

} // namespace
