// SPDX-License-Identifier: BSL-1.0
#include "pools_that_differ.hpp"
#include "sleepers.hpp"

#include <array>
#include <atomic>
#include <stop_token>
#include <thread>
#include <vector>

using namespace steward::test;
using steward::errc;

namespace {

// 8. Closing wakes every waiter with "closed"; a loan outstanding at close is released exactly once, when it returns;
// nothing is created after closing; closing twice is harmless.
template <class B>
class invariant_08 : public pool_fixture<B> {};
TYPED_TEST_SUITE(invariant_08, pools_that_differ, policy_names);

TYPED_TEST(invariant_08, closing_wakes_every_waiter_with_closed)
{
    auto manager = this->make({.max_size = 1});
    const auto lease = manager.template acquire<"sessions">();
    const std::stop_source stop;
    std::vector<std::jthread> waiting;
    waiting.emplace_back([&] { EXPECT_EQ(code_of(manager.template try_acquire<"sessions">()), errc::closed); });
    waiting.emplace_back([&] { EXPECT_EQ(code_of(manager.template try_acquire<"sessions">(5min)), errc::closed); });
    waiting.emplace_back(
        [&] { EXPECT_EQ(code_of(manager.template try_acquire<"sessions">(stop.get_token())), errc::closed); });
    waiting.emplace_back([&] {
        auto owner = manager.owner("load", 1);
        EXPECT_EQ(code_of(owner.template try_acquire<"sessions">()), errc::closed);
    });
    until_somebody_waits(manager, 4);
    manager.close();
    waiting.clear();
    EXPECT_EQ(manager.template status<"sessions">().waiting, 0U);
}

TYPED_TEST(invariant_08, closing_wakes_who_waits_for_a_suspended_resource)
{
    auto manager = this->make();
    manager.template suspend<"sessions">();
    std::jthread waiting{[&] { EXPECT_EQ(code_of(manager.template try_acquire<"sessions">()), errc::closed); }};
    until_somebody_waits(manager);
    manager.close();
}

TYPED_TEST(invariant_08, who_waits_for_a_create_that_succeeds_after_closing_was_woken_with_closed)
{
    auto manager = this->make({.max_size = 1});
    stop_point creating;
    this->log.while_creating = [&] { creating.arrive(); };
    std::jthread first{[&] { static_cast<void>(manager.template try_acquire<"sessions">()); }};
    creating.await(1);
    std::jthread second{[&] { EXPECT_EQ(code_of(manager.template try_acquire<"sessions">()), errc::closed); }};
    until_somebody_waits(manager);
    manager.close();
    second.join();
    creating.open();
    first.join();
    EXPECT_EQ(this->log.created, 1);
    EXPECT_EQ(this->log.destroyed, 1);
}

TYPED_TEST(invariant_08, a_loan_outstanding_at_close_is_released_exactly_once_when_it_returns)
{
    auto manager = this->make();
    manager.template acquire<"sessions">().release();
    auto lent = manager.template acquire<"sessions">();
    const auto also_lent = manager.template acquire<"sessions">();
    manager.close();
    EXPECT_EQ(this->log.destroyed, 0);
    EXPECT_EQ(lent->number, 1) << "its holder may go on";
    lent.release();
    EXPECT_EQ(this->log.destroyed, 1);
    lent.release();
    manager.close();
    EXPECT_EQ(this->log.destroyed, 1);
    EXPECT_EQ(manager.template metrics<"sessions">().releases, 2U);
    EXPECT_EQ(manager.template status<"sessions">().size, 1U);
}

TYPED_TEST(invariant_08, a_loan_that_returns_in_the_moment_of_closing_is_released_exactly_once)
{
    for (int i = 0; i != 200; ++i) {
        const auto manager = this->make_owned();
        this->log.destroyed = 0;
        auto lease = manager->template acquire<"sessions">();
        std::atomic<bool> go{false};
        std::jthread holder{[&] {
            wait_until([&] { return go.load(); });
            lease.release();
        }};
        go = true;
        manager->close();
        holder.join();
        ASSERT_EQ(this->log.destroyed, 1);
        ASSERT_EQ(manager->template status<"sessions">().size, 0U);
    }
}

TYPED_TEST(invariant_08, nothing_is_created_after_closing)
{
    auto manager = this->make({.min_size = 2});
    auto lease = manager.template acquire<"sessions">();
    manager.close();
    EXPECT_EQ(code_of(manager.template try_acquire<"sessions">()), errc::closed);
    EXPECT_EQ(code_of(manager.template try_acquire<"sessions">(0ms)), errc::closed);
    EXPECT_FALSE(manager.template validate<"sessions">());
    manager.maintain();
    lease.discard();
    manager.template resize<"sessions">({.min_size = 3, .max_size = 4});
    manager.template refresh<"sessions">();
    manager.template suspend<"sessions">();
    manager.template resume<"sessions">();
    manager.maintain(steward::clock::now() + 1h);
    EXPECT_EQ(code_of(manager.template try_acquire<"sessions">()), errc::closed);
    EXPECT_EQ(this->log.created, 1);
}

TYPED_TEST(invariant_08, nothing_is_created_after_closing_in_place_of_what_was_found_invalid_before)
{
    auto manager = this->template make_with<steward::health::on_borrow<>>({.max_size = 1});
    manager.template acquire<"sessions">()->broken = true;
    stop_point validating;
    this->log.while_validating = [&] { validating.arrive(); };
    std::jthread caller{[&] { EXPECT_EQ(code_of(manager.template try_acquire<"sessions">()), errc::closed); }};
    validating.await(1);
    manager.close();
    validating.open();
    caller.join();
    EXPECT_EQ(this->log.created, 1);
    EXPECT_EQ(this->log.destroyed, 1);
}

/// Creates one at a time.
class serial_adapter : public session_adapter {
public:
    static constexpr bool serial_create = true;
    using session_adapter::session_adapter;
};

TYPED_TEST(invariant_08, nothing_is_created_after_closing_by_who_had_to_wait_for_the_create_of_another)
{
    using one_at_a_time =
        steward::resource<"sessions", serial_adapter, typename TypeParam::locking, typename TypeParam::pooling>;
    steward::manager<one_at_a_time> manager{one_at_a_time::with(session_adapter::settings{this->log}, {.max_size = 2}),
                                            steward::manual_housekeeping};
    stop_point creating;
    this->log.while_creating = [&] { creating.arrive(); };
    std::jthread first{[&] { static_cast<void>(manager.template try_acquire<"sessions">()); }};
    creating.await(1);
    sleeper sleeping;
    std::jthread second{[&] {
        sleeping.am_here();
        static_cast<void>(manager.template try_acquire<"sessions">());
    }};
    wait_until([&] { return sleeping.is_asleep(); }); // there is a place for it, but it is not its turn to create
    manager.close();
    creating.open();
    first.join();
    second.join();
    EXPECT_EQ(creating.arrived(), 1) << "the adapter was asked for a resource after closing";
    EXPECT_EQ(this->log.live(), 0);
}

TYPED_TEST(invariant_08, closing_twice_is_harmless)
{
    auto manager = this->make();
    const auto lease = manager.template acquire<"sessions">();
    manager.template acquire<"sessions">().release();
    manager.close();
    manager.close();
    manager.template close<"sessions">();
    EXPECT_TRUE(manager.cleanup(0ms).failed.empty());
    EXPECT_EQ(this->log.destroyed, 1);
    EXPECT_EQ(lease->number, 1);
    EXPECT_EQ(code_of(manager.template try_acquire<"sessions">()), errc::closed);
}

TYPED_TEST(invariant_08, closing_by_two_threads_at_once_is_harmless)
{
    for (int i = 0; i != 100; ++i) {
        const auto manager = this->make_owned();
        this->log.destroyed = 0;
        {
            std::array leases{manager->template acquire<"sessions">(), manager->template acquire<"sessions">()};
        }
        std::jthread other{[&] { manager->close(); }};
        manager->close();
        other.join();
        ASSERT_EQ(this->log.destroyed, 2);
    }
}

/// Pools without slots.
template <class Pooling>
class invariant_08_without_slots : public testing::Test {
public:
    using sessions = steward::resource<"sessions", session_adapter, Pooling, steward::metrics::counters>;
    session_log log;
    steward::manager<sessions> manager{sessions::with(session_adapter::settings{log})};
};
using poolings_without_slots = testing::Types<steward::pooling::shared, steward::pooling::transient>;
TYPED_TEST_SUITE(invariant_08_without_slots, poolings_without_slots);

TYPED_TEST(invariant_08_without_slots, a_loan_outstanding_at_close_is_released_exactly_once_when_it_returns)
{
    auto lease = this->manager.template acquire<"sessions">();
    this->manager.close();
    this->manager.close();
    EXPECT_EQ(this->log.destroyed, 0);
    lease.release();
    lease.release();
    this->manager.close();
    EXPECT_EQ(this->log.destroyed, 1);
}

TYPED_TEST(invariant_08_without_slots, nothing_is_created_after_closing)
{
    this->manager.close();
    EXPECT_EQ(code_of(this->manager.template try_acquire<"sessions">()), errc::closed);
    EXPECT_FALSE(this->manager.template validate<"sessions">());
    EXPECT_EQ(this->log.created, 0);
}

TYPED_TEST(invariant_08_without_slots, what_was_in_creation_at_close_is_released_exactly_once)
{
    stop_point creating;
    this->log.while_creating = [&] { creating.arrive(); };
    std::jthread caller{[&] { static_cast<void>(this->manager.template try_acquire<"sessions">()); }};
    creating.await(1);
    std::jthread closing{[&] { this->manager.close(); }};
    creating.open();
    caller.join();
    closing.join();
    EXPECT_EQ(this->log.created, 1);
    EXPECT_EQ(this->log.destroyed, 1);
}

} // namespace
