// SPDX-License-Identifier: BSL-1.0
#include "pools_that_differ.hpp"

#include <cstdint>
#include <stop_token>
#include <thread>

using namespace steward::test;
using namespace steward::literals;
using steward::errc;

namespace {

// 6. Every way out of an acquisition is recorded exactly once: success, time-out, failure, cancellation, closed.
std::uint64_t all_ways_out(const steward::metrics_snapshot& seen)
{
    return seen.acquisitions + seen.timeouts + seen.failures;
}

/// `acquire` succeeds, and that is counted once.
void expect_one_success(auto& manager, auto acquire)
{
    const auto before = manager.template metrics<"sessions">();
    EXPECT_TRUE(acquire());
    const auto after = manager.template metrics<"sessions">();
    EXPECT_EQ(after.acquisitions, before.acquisitions + 1);
    EXPECT_EQ(after.releases, before.releases + 1);
    EXPECT_EQ(all_ways_out(after), all_ways_out(before) + 1);
}

/// `acquire` ends with that code, and that is counted once.
void expect_one_refusal(auto& manager, errc code, auto acquire)
{
    const auto before = manager.template metrics<"sessions">();
    EXPECT_EQ(code_of(acquire()), code);
    const auto after = manager.template metrics<"sessions">();
    EXPECT_EQ(after.failed_with(code), before.failed_with(code) + 1);
    EXPECT_EQ(after.timeouts, after.failed_with(errc::timed_out));
    EXPECT_EQ(after.acquisitions, before.acquisitions);
    EXPECT_EQ(all_ways_out(after), all_ways_out(before) + 1);
}

template <class B>
class invariant_06 : public pool_fixture<B> {};
TYPED_TEST_SUITE(invariant_06, pools_that_differ, policy_names);

TYPED_TEST(invariant_06, a_success_is_recorded_once_however_it_came_about)
{
    auto manager = this->template make_with<steward::health::on_borrow<10_s>>({.max_size = 1});
    const auto acquire = [&] { return manager.template try_acquire<"sessions">(); };
    expect_one_success(manager, acquire); // it is created
    expect_one_success(manager, acquire); // it is there
    manager.maintain(steward::clock::now() + 20s);
    manager.maintain(steward::clock::now() + 40s);
    expect_one_success(manager, acquire); // it is validated
    EXPECT_EQ(this->log.validated, 1);
    this->log.all_invalid = true;
    manager.maintain(steward::clock::now() + 60s);
    manager.maintain(steward::clock::now() + 80s);
    expect_one_success(manager, acquire); // it is replaced
    EXPECT_EQ(this->log.created, 2);
}

TYPED_TEST(invariant_06, a_success_after_waiting_is_recorded_once)
{
    auto manager = this->make({.max_size = 1});
    auto held = manager.template acquire<"sessions">();
    std::jthread holder{[&] {
        until_somebody_waits(manager);
        held.release();
    }};
    EXPECT_TRUE(manager.template try_acquire<"sessions">());
    holder.join();
    const auto seen = manager.template metrics<"sessions">();
    EXPECT_EQ(seen.acquisitions, 2U);
    EXPECT_EQ(seen.releases, 2U);
    EXPECT_EQ(all_ways_out(seen), 2U);
}

TYPED_TEST(invariant_06, a_time_out_is_recorded_once_with_and_without_waiting)
{
    auto manager = this->make({.max_size = 1});
    const auto held = manager.template acquire<"sessions">();
    for (const auto time : {0ms, 2ms})
        expect_one_refusal(manager, errc::timed_out, [&] { return manager.template try_acquire<"sessions">(time); });
}

TYPED_TEST(invariant_06, a_failure_to_create_is_recorded_once)
{
    auto manager = this->make();
    this->log.create_throws = true;
    expect_one_refusal(manager, errc::create_failed, [&] { return manager.template try_acquire<"sessions">(); });
    EXPECT_EQ(manager.template metrics<"sessions">().create_failures, 1U);
}

TYPED_TEST(invariant_06, a_failure_to_replace_is_recorded_once)
{
    auto manager = this->template make_with<steward::health::on_borrow<>>();
    manager.template acquire<"sessions">()->broken = true;
    this->log.create_throws = true;
    expect_one_refusal(manager, errc::create_failed, [&] { return manager.template try_acquire<"sessions">(); });
}

TYPED_TEST(invariant_06, a_failure_that_ends_the_wait_of_another_is_recorded_once_for_each)
{
    auto manager = this->make({.max_size = 1});
    stop_point creating;
    this->log.while_creating = [&] {
        creating.arrive();
        throw steward::permanent_failure{"the password was refused"};
    };
    std::jthread first{[&] { EXPECT_FALSE(manager.template try_acquire<"sessions">()); }};
    creating.await(1);
    std::jthread second{[&] { EXPECT_FALSE(manager.template try_acquire<"sessions">()); }};
    until_somebody_waits(manager);
    creating.open();
    first.join();
    second.join();
    EXPECT_EQ(manager.template metrics<"sessions">().failed_with(errc::create_failed), 2U);
    EXPECT_EQ(all_ways_out(manager.template metrics<"sessions">()), 2U);
}

TYPED_TEST(invariant_06, a_cancellation_is_recorded_once_before_and_during_the_wait)
{
    auto manager = this->make({.max_size = 1});
    const auto held = manager.template acquire<"sessions">();
    std::stop_source stop;
    std::jthread impatient{[&] {
        until_somebody_waits(manager);
        stop.request_stop();
    }};
    for (int i = 0; i != 2; ++i)
        expect_one_refusal(manager, errc::cancelled,
                           [&] { return manager.template try_acquire<"sessions">(stop.get_token()); });
}

TYPED_TEST(invariant_06, closing_is_recorded_once_for_who_waits_and_for_who_comes_later)
{
    auto manager = this->make({.max_size = 1});
    const auto held = manager.template acquire<"sessions">();
    std::jthread closing{[&] {
        until_somebody_waits(manager);
        manager.close();
    }};
    for (int i = 0; i != 2; ++i)
        expect_one_refusal(manager, errc::closed, [&] { return manager.template try_acquire<"sessions">(); });
}

TYPED_TEST(invariant_06, every_other_refusal_is_recorded_once)
{
    auto manager = this->template make_with<steward::health::circuit_breaker<1>>({.max_size = 1, .max_waiting = 0});
    {
        const auto held = manager.template acquire<"sessions">();
        expect_one_refusal(manager, errc::overloaded, [&] { return manager.template try_acquire<"sessions">(); });
    }
    expect_one_refusal(manager, errc::configuration, [&] { return manager.template try_acquire<"sessions">(-1ms); });
    manager.template suspend<"sessions">();
    expect_one_refusal(manager, errc::suspended, [&] { return manager.template try_acquire<"sessions">(0ms); });
    manager.template resume<"sessions">();
    manager.template acquire<"sessions">().discard();
    this->log.create_throws = true;
    EXPECT_EQ(code_of(manager.template try_acquire<"sessions">()), errc::create_failed);
    expect_one_refusal(manager, errc::circuit_open, [&] { return manager.template try_acquire<"sessions">(); });
}

TYPED_TEST(invariant_06, every_way_out_for_an_owner_is_recorded_once)
{
    auto manager = this->make({.max_size = 1});
    auto owner = manager.owner("load", 1);
    owner.template acquire<"sessions">();
    auto other = manager.owner("load", 2);
    expect_one_refusal(manager, errc::timed_out, [&] { return other.template try_acquire<"sessions">(0ms); });
    EXPECT_EQ(manager.template metrics<"sessions">().acquisitions, 1U);
    const auto before = manager.template metrics<"sessions">();
    EXPECT_THROW(static_cast<void>(other.template acquire_all<steward::needs<"sessions">>(0ms)),
                 steward::resource_error);
    EXPECT_EQ(manager.template metrics<"sessions">().timeouts, before.timeouts + 1);
    { // an optional one that is late is no error, but it is a way out
        const auto nothing = other.template acquire_all<steward::needs<steward::optional("sessions")>>(0ms);
    }
    EXPECT_EQ(manager.template metrics<"sessions">().timeouts, before.timeouts + 2);
}

/// Pools without slots.
template <class Pooling>
class invariant_06_without_slots : public testing::Test {
public:
    using sessions = steward::resource<"sessions", session_adapter, Pooling, steward::metrics::counters>;
    session_log log;
    steward::manager<sessions> manager{sessions::with(session_adapter::settings{log})};
};
using poolings_without_slots = testing::Types<steward::pooling::shared, steward::pooling::transient>;
TYPED_TEST_SUITE(invariant_06_without_slots, poolings_without_slots);

TYPED_TEST(invariant_06_without_slots, every_way_out_is_recorded_once)
{
    const auto acquire = [&] { return this->manager.template try_acquire<"sessions">(); };
    this->log.create_throws = true;
    expect_one_refusal(this->manager, errc::create_failed, acquire);
    this->log.create_throws = false;
    expect_one_success(this->manager, acquire);
    expect_one_success(this->manager, acquire);
    expect_one_refusal(this->manager, errc::configuration,
                       [&] { return this->manager.template try_acquire<"sessions">(-1ms); });
    this->manager.close();
    expect_one_refusal(this->manager, errc::closed, acquire);
}

TEST(invariant_06, a_time_out_and_a_cancellation_of_who_waits_for_a_create_are_recorded_once)
{
    using sessions =
        steward::resource<"sessions", session_adapter, steward::pooling::shared, steward::metrics::counters>;
    session_log log;
    stop_point creating;
    log.while_creating = [&] { creating.arrive(); };
    steward::manager<sessions> manager{sessions::with(session_adapter::settings{log})};
    std::jthread first{[&] { EXPECT_TRUE(manager.try_acquire<"sessions">()); }};
    creating.await(1);
    expect_one_refusal(manager, errc::timed_out, [&] { return manager.try_acquire<"sessions">(0ms); });
    expect_one_refusal(manager, errc::timed_out, [&] { return manager.try_acquire<"sessions">(2ms); });
    std::stop_source stop;
    stop.request_stop();
    expect_one_refusal(manager, errc::cancelled, [&] { return manager.try_acquire<"sessions">(stop.get_token()); });
    creating.open();
}

} // namespace
