// SPDX-License-Identifier: BSL-1.0
#include "support/lockings.hpp"

using namespace steward::test;
using namespace steward::literals;
using steward::errc;
using steward::resource_health;

namespace {

/// A circuit that opens after three failures, for a minute.
template <class B>
class circuit_breaker : public pool_fixture<B> {
public:
    const steward::time_point start = steward::clock::now() + 1s;

    auto make_broken(steward::pool_options options = {})
    {
        return this->template make_with<steward::health::circuit_breaker<3, 60_s>>(options);
    }
    void fail(auto& manager, int times)
    {
        this->log.create_throws = true;
        for (int i = 0; i != times; ++i)
            EXPECT_EQ(code_of(manager.template try_acquire<"sessions">()), errc::create_failed);
        this->log.create_throws = false;
    }
    void open(auto& manager)
    {
        manager.maintain(start);
        fail(manager, 3);
    }
    static bool refuses(auto& manager)
    {
        const auto answer = manager.template try_acquire<"sessions">();
        return !answer && answer.error().code() == errc::circuit_open;
    }
    static resource_health health(auto& manager) { return manager.template health<"sessions">(); }
};
TYPED_TEST_SUITE(circuit_breaker, each_locking, policy_names);

TYPED_TEST(circuit_breaker, opens_after_so_many_creates_in_a_row_have_failed)
{
    auto manager = this->make_broken();
    this->fail(manager, 2);
    EXPECT_FALSE(this->refuses(manager)) << "two are not three";
    EXPECT_EQ(this->health(manager), resource_health::healthy);
}

TYPED_TEST(circuit_breaker, begins_the_count_anew_with_a_success)
{
    auto manager = this->make_broken();
    this->fail(manager, 2);
    manager.template acquire<"sessions">().discard();
    this->fail(manager, 2);
    EXPECT_FALSE(this->refuses(manager));
    manager.template acquire<"sessions">().discard();
    this->fail(manager, 3);
    EXPECT_TRUE(this->refuses(manager));
}

TYPED_TEST(circuit_breaker, refuses_at_once_and_does_not_touch_the_adapter)
{
    auto manager = this->make_broken();
    this->open(manager);
    int touched = 0;
    this->log.while_creating = [&] { ++touched; };
    for (int i = 0; i != 5; ++i)
        EXPECT_TRUE(this->refuses(manager));
    EXPECT_EQ(touched, 0);
    EXPECT_EQ(manager.template metrics<"sessions">().failed_with(errc::circuit_open), 5U);
}

TYPED_TEST(circuit_breaker, refuses_although_a_resource_is_idle)
{
    auto manager = this->make_broken();
    manager.maintain(this->start);
    auto held = manager.template acquire<"sessions">();
    this->fail(manager, 3);
    held.release();
    EXPECT_TRUE(this->refuses(manager));
}

TYPED_TEST(circuit_breaker, says_why_it_refuses)
{
    auto manager = this->make_broken();
    this->open(manager);
    const auto refused = manager.template try_acquire<"sessions">();
    ASSERT_FALSE(refused);
    EXPECT_TRUE(contains(refused.error().what(), "the circuit is open"));
    EXPECT_TRUE(contains(refused.error().what(), "connection refused"));
}

TYPED_TEST(circuit_breaker, says_when_it_tries_again)
{
    auto manager = this->make_broken();
    EXPECT_EQ(manager.template diagnose<"sessions">().retry_in, 0s) << "it is closed";
    this->open(manager);
    manager.maintain(this->start + 20'000'500us);
    const auto refused = manager.template try_acquire<"sessions">();
    ASSERT_FALSE(refused);
    EXPECT_TRUE(contains(refused.error().what(), "it is tried again in 40000 ms")) << refused.error().what();
    EXPECT_EQ(manager.template diagnose<"sessions">().retry_in, 39'999'500us);
}

TYPED_TEST(circuit_breaker, says_no_time_once_the_next_one_is_a_probe)
{
    auto manager = this->make_broken();
    this->open(manager);
    manager.maintain(this->start + 60s);
    EXPECT_EQ(manager.template diagnose<"sessions">().retry_in, 0s);
}

TYPED_TEST(circuit_breaker, stays_open_until_the_cool_down_is_over)
{
    auto manager = this->make_broken();
    this->open(manager);
    manager.maintain(this->start + 59s);
    EXPECT_TRUE(this->refuses(manager));
    EXPECT_EQ(this->health(manager), resource_health::unhealthy);
}

TYPED_TEST(circuit_breaker, is_half_open_when_the_cool_down_is_over)
{
    auto manager = this->make_broken();
    this->open(manager);
    manager.maintain(this->start + 60s);
    EXPECT_EQ(this->health(manager), resource_health::degraded) << "the first cool-down is exact";
}

TYPED_TEST(circuit_breaker, half_open_closes_by_a_probe_that_succeeds)
{
    auto manager = this->make_broken();
    this->open(manager);
    manager.maintain(this->start + 60s);
    EXPECT_TRUE(manager.template try_acquire<"sessions">());
    EXPECT_EQ(this->health(manager), resource_health::healthy);
    EXPECT_TRUE(manager.template try_acquire<"sessions">());
}

TYPED_TEST(circuit_breaker, counts_from_zero_once_it_has_closed)
{
    auto manager = this->make_broken();
    this->open(manager);
    manager.maintain(this->start + 60s);
    manager.template acquire<"sessions">().discard();
    this->fail(manager, 2);
    EXPECT_FALSE(this->refuses(manager));
}

TYPED_TEST(circuit_breaker, half_open_opens_again_by_one_probe_that_fails)
{
    auto manager = this->make_broken();
    this->open(manager);
    manager.maintain(this->start + 60s);
    this->fail(manager, 1);
    EXPECT_TRUE(this->refuses(manager));
    EXPECT_EQ(this->health(manager), resource_health::unhealthy);
}

TYPED_TEST(circuit_breaker, opens_for_longer_after_a_probe_that_failed)
{
    auto manager = this->make_broken();
    this->open(manager);
    manager.maintain(this->start + 60s);
    this->fail(manager, 1);
    manager.maintain(this->start + 60s + 89s);
    EXPECT_TRUE(this->refuses(manager)) << "twice as long, less a quarter at most";
    manager.maintain(this->start + 60s + 120s);
    EXPECT_EQ(this->health(manager), resource_health::degraded);
}

TYPED_TEST(circuit_breaker, opens_for_one_cool_down_again_once_it_was_closed)
{
    auto manager = this->make_broken();
    this->open(manager);
    manager.maintain(this->start + 60s);
    this->fail(manager, 1);
    manager.maintain(this->start + 200s);
    manager.template acquire<"sessions">().discard();
    this->fail(manager, 3);
    manager.maintain(this->start + 259s);
    EXPECT_EQ(this->health(manager), resource_health::unhealthy);
    manager.maintain(this->start + 260s);
    EXPECT_EQ(this->health(manager), resource_health::degraded);
}

TYPED_TEST(circuit_breaker, is_asked_before_the_housekeeper_fills_up_to_min_size)
{
    auto manager = this->make_broken({.min_size = 2});
    this->log.create_throws = true;
    int touched = 0;
    this->log.while_creating = [&] { ++touched; };
    for (int i = 0; i != 10; ++i)
        manager.maintain(this->start);
    EXPECT_EQ(touched, 3);
}

TYPED_TEST(circuit_breaker, half_open_is_closed_by_the_housekeeper_that_fills)
{
    auto manager = this->make_broken({.min_size = 2});
    this->log.create_throws = true;
    for (int i = 0; i != 3; ++i)
        manager.maintain(this->start);
    EXPECT_TRUE(this->refuses(manager));
    this->log.create_throws = false;
    manager.maintain(this->start + 60s);
    EXPECT_EQ(this->health(manager), resource_health::healthy);
    EXPECT_EQ(manager.template status<"sessions">().size, 2U);
}

TYPED_TEST(circuit_breaker, counts_what_holders_report)
{
    auto manager = this->make_broken();
    manager.maintain(this->start);
    auto lease = manager.template acquire<"sessions">();
    lease.report_failure();
    lease.report_failure();
    lease.report_success();
    lease.report_failure();
    lease.report_failure();
    EXPECT_TRUE(manager.template try_acquire<"sessions">()) << "the success began the count anew";
    for (int i = 0; i != 3; ++i)
        lease.report_failure();
    EXPECT_TRUE(this->refuses(manager));
}

TYPED_TEST(circuit_breaker, is_not_closed_by_a_report_of_somebody_from_before)
{
    auto manager = this->make_broken();
    manager.maintain(this->start);
    auto lease = manager.template acquire<"sessions">();
    this->fail(manager, 3);
    lease.report_success();
    EXPECT_TRUE(this->refuses(manager));
}

TYPED_TEST(circuit_breaker, is_closed_at_first_and_its_health_unknown)
{
    auto manager = this->make_broken();
    EXPECT_EQ(this->health(manager), resource_health::unknown);
    EXPECT_TRUE(manager.template try_acquire<"sessions">());
}

} // namespace
