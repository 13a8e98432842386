// SPDX-License-Identifier: BSL-1.0
#include "support/lockings.hpp"

using namespace steward::test;
using namespace steward::literals;
using steward::admission;
using steward::errc;
using steward::resource_health;
namespace health = steward::health;

namespace {

using guarded = health::all<health::on_borrow<>, health::circuit_breaker<3, 60_s>>;

static_assert(!steward::detail::admits<health::all<health::on_borrow<>, health::on_return>>);
static_assert(!steward::detail::hears_holders<health::all<health::on_borrow<>>>);
static_assert(steward::detail::hears_holders<health::all<health::on_borrow<>, health::passive<>>>);
static_assert(!steward::detail::validates_on_borrow<health::all<health::periodic, health::passive<>>>);
static_assert(steward::detail::validates_when_idle<health::all<health::periodic, health::passive<>>>);
static_assert(health::all<health::on_borrow<40_s>, health::circuit_breaker<1, 16_s>>::tick_interval.nanoseconds
              == 1'000'000'000);
static_assert(health::all<health::periodic>::tick_interval == steward::time_span{});
static_assert(std::is_same_v<health::on_borrow<500ms>, health::on_borrow<500_ms>>, "std::chrono's literals do, too");

template <class B>
class health_all : public pool_fixture<B> {
public:
    const steward::time_point start = steward::clock::now() + 1s;
    void fail(auto& manager, int times)
    {
        this->log.create_throws = true;
        for (int i = 0; i != times; ++i)
            EXPECT_EQ(code_of(manager.template try_acquire<"sessions">()), errc::create_failed);
        this->log.create_throws = false;
    }
};
TYPED_TEST_SUITE(health_all, each_locking, policy_names);

TYPED_TEST(health_all, validates_if_one_of_them_wants_it)
{
    auto manager = this->template make_with<guarded>();
    manager.template acquire<"sessions">().release();
    manager.template acquire<"sessions">()->broken = true;
    EXPECT_EQ(this->log.validated, 1);
    EXPECT_EQ(manager.template acquire<"sessions">()->number, 2);
}

TYPED_TEST(health_all, validates_at_both_ends_if_two_of_them_want_it)
{
    auto manager = this->template make_with<health::all<health::on_borrow<>, health::on_return>>();
    manager.template acquire<"sessions">().release();
    EXPECT_EQ(this->log.validated, 1);
    manager.template acquire<"sessions">().release();
    EXPECT_EQ(this->log.validated, 3);
}

TYPED_TEST(health_all, refuses_if_one_of_them_does)
{
    auto manager = this->template make_with<guarded>();
    this->fail(manager, 3);
    EXPECT_EQ(code_of(manager.template try_acquire<"sessions">()), errc::circuit_open);
}

TYPED_TEST(health_all, is_as_well_as_the_circuit_while_that_is_not_well)
{
    auto manager = this->template make_with<guarded>();
    manager.maintain(this->start);
    this->fail(manager, 1);
    EXPECT_EQ(manager.template health<"sessions">(), resource_health::degraded);
    this->fail(manager, 2);
    EXPECT_EQ(manager.template health<"sessions">(), resource_health::unhealthy);
    manager.maintain(this->start + 60s);
    EXPECT_EQ(manager.template health<"sessions">(), resource_health::degraded) << "although the last create failed";
    manager.template acquire<"sessions">().release();
    EXPECT_EQ(manager.template health<"sessions">(), resource_health::healthy);
}

TYPED_TEST(health_all, is_the_worst_of_what_they_know_otherwise)
{
    auto manager = this->template make_with<health::all<health::passive<1>, health::on_return>>();
    auto lease = manager.template acquire<"sessions">();
    EXPECT_EQ(manager.template health<"sessions">(), resource_health::healthy);
    lease.report_failure();
    EXPECT_EQ(manager.template health<"sessions">(), resource_health::unhealthy);
    lease.release(); // and is validated
    EXPECT_EQ(manager.template health<"sessions">(), resource_health::unhealthy);
    EXPECT_TRUE(contains(manager.template diagnose<"sessions">().reason, "a holder found it bad"));
}

TYPED_TEST(health_all, is_worse_than_a_closed_circuit_if_another_knows_so)
{
    auto manager = this->template make_with<guarded>();
    manager.template acquire<"sessions">()->broken = true;
    EXPECT_FALSE(manager.template validate<"sessions">());
    EXPECT_EQ(manager.template health<"sessions">(), resource_health::degraded);
}

TYPED_TEST(health_all, tells_all_of_them_what_holders_report)
{
    auto manager = this->template make_with<health::all<health::passive<2>, health::circuit_breaker<2, 60_s>>>();
    auto lease = manager.template acquire<"sessions">();
    lease.report_failure();
    EXPECT_EQ(manager.template health<"sessions">(), resource_health::degraded);
    lease.report_failure();
    EXPECT_EQ(code_of(manager.template try_acquire<"sessions">()), errc::circuit_open);
    EXPECT_EQ(manager.template health<"sessions">(), resource_health::unhealthy);
}

TYPED_TEST(health_all, works_inside_another_all)
{
    auto manager = this->template make_with<health::all<guarded, health::all<health::passive<>>>>();
    manager.template acquire<"sessions">().release();
    manager.template acquire<"sessions">().report_success();
    EXPECT_EQ(this->log.validated, 1);
    manager.maintain(this->start);
    this->log.all_invalid = true;
    this->fail(manager, 3);
    EXPECT_EQ(code_of(manager.template try_acquire<"sessions">()), errc::circuit_open);
}

/// Two circuits of different patience.
class two_circuits : public testing::Test {
public:
    using quick = health::circuit_breaker<1, 10_s>;
    using slow = health::circuit_breaker<2, 60_s>;
    using both = health::all<quick, slow>;
    both::per_resource state;
    steward::time_point start{1h};

    two_circuits() { both::on_tick(state, start); }
};

TEST_F(two_circuits, admit_whom_both_admit)
{
    both::on_create_failed(state);
    EXPECT_EQ(both::admit(state), admission::refused) << "the quick one is open";
    both::on_tick(state, start + 10s);
    EXPECT_EQ(both::admit(state), admission::probe);
    both::on_create_failed(state);
    both::on_probe_ended(state, false);
    both::on_tick(state, start + 40s);
    EXPECT_EQ(both::admit(state), admission::refused) << "the slow one is open now";
    both::on_tick(state, start + 70s);
    EXPECT_EQ(both::admit(state), admission::probe) << "who was refused was a probe of neither";
    both::on_created(state);
    both::on_probe_ended(state, true);
    EXPECT_TRUE(both::admits_all(state));
}

} // namespace
