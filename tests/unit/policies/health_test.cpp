// SPDX-License-Identifier: BSL-1.0
#include "support/pool_fixture.hpp"

using namespace steward::test;
using namespace steward::literals;
using steward::resource_health;

namespace {

template <class... Policies>
using validating = steward::resource<"sessions", session_adapter, steward::pooling::bounded<0, 2>, Policies...>;

template <class Health>
class health_policy : public testing::Test {
public:
    using sessions = validating<Health>;
    session_log log;
    steward::manager<sessions> manager{sessions::with(session_adapter::settings{log})};

    auto acquire() { return manager.template acquire<"sessions">(); }
    auto health() { return manager.template health<"sessions">(); }
};

using health_none = health_policy<steward::health::none>;
using health_on_borrow = health_policy<steward::health::on_borrow<>>;
using health_on_borrow_bypass = health_policy<steward::health::on_borrow<10_s>>;
using health_on_return = health_policy<steward::health::on_return>;
using health_of_two = health_policy<steward::health::all<steward::health::on_borrow<>, steward::health::on_return>>;
using health_by_circuit = health_policy<steward::health::circuit_breaker<1>>;

TEST_F(health_none, validates_nothing)
{
    acquire()->broken = true;
    EXPECT_TRUE(acquire()->broken);
    EXPECT_EQ(log.validated, 0);
    EXPECT_EQ(health(), resource_health::unknown);
}

TEST_F(health_on_borrow, validates_what_is_borrowed_again_but_not_what_was_just_created)
{
    acquire().release();
    EXPECT_EQ(log.validated, 0);
    acquire().release();
    EXPECT_EQ(log.validated, 1);
}

TEST_F(health_on_borrow, replaces_what_is_invalid)
{
    acquire()->broken = true;
    EXPECT_FALSE(acquire()->broken);
    EXPECT_EQ(log.destroyed, 1);
}

TEST_F(health_on_borrow, takes_another_idle_one_before_it_creates)
{
    {
        auto a = acquire();
        auto b = acquire();
        a->broken = true;
    }
    for (int i = 0; i != 2; ++i)
        EXPECT_EQ(acquire()->number, 2);
    EXPECT_EQ(log.created, 2);
}

TEST_F(health_on_borrow, tells_how_the_resource_is)
{
    EXPECT_EQ(health(), resource_health::unknown);
    acquire()->broken = true;
    EXPECT_EQ(health(), resource_health::healthy);
    EXPECT_FALSE(manager.validate<"sessions">());
    EXPECT_EQ(health(), resource_health::degraded);
    log.create_throws = true;
    EXPECT_FALSE(manager.try_acquire<"sessions">());
    EXPECT_EQ(health(), resource_health::unhealthy);
    EXPECT_EQ(manager.status<"sessions">().state, steward::resource_state::error);
    log.create_throws = false;
    EXPECT_TRUE(manager.try_acquire<"sessions">());
    EXPECT_EQ(health(), resource_health::healthy);
}

TEST_F(health_on_borrow_bypass, trusts_what_was_used_a_moment_ago)
{
    const auto start = steward::clock::now() + 1s;
    manager.maintain(start);
    acquire().release();
    acquire().release();
    EXPECT_EQ(log.validated, 0);
    manager.maintain(start + 5s);
    acquire().release();
    EXPECT_EQ(log.validated, 0) << "it rested for less than ten seconds";
}

TEST_F(health_on_borrow_bypass, validates_what_has_rested)
{
    const auto start = steward::clock::now() + 1s;
    manager.maintain(start);
    acquire()->broken = true;
    manager.maintain(start + 1s);
    manager.maintain(start + 20s);
    EXPECT_FALSE(acquire()->broken);
    EXPECT_EQ(log.validated, 1);
}

TEST_F(health_on_return, validates_what_comes_back)
{
    acquire().release();
    EXPECT_EQ(log.validated, 1);
    acquire()->broken = true;
    EXPECT_EQ(log.destroyed, 1);
    EXPECT_EQ(manager.status<"sessions">().size, 0U);
    EXPECT_EQ(health(), resource_health::degraded);
}

TEST_F(health_of_two, validates_whenever_one_of_them_wants_it)
{
    acquire().release();
    EXPECT_EQ(log.validated, 1) << "as it came back";
    acquire().release();
    EXPECT_EQ(log.validated, 3);
}

TEST_F(health_by_circuit, does_not_hide_that_the_pool_is_closed)
{
    log.create_throws = true;
    EXPECT_EQ(code_of(manager.try_acquire<"sessions">()), steward::errc::create_failed);
    EXPECT_EQ(code_of(manager.try_acquire<"sessions">()), steward::errc::circuit_open);
    manager.close();
    EXPECT_EQ(code_of(manager.try_acquire<"sessions">()), steward::errc::closed);
}

struct self_aware : session_adapter {
    using session_adapter::session_adapter;
    static steward::resource_health health() { return steward::resource_health::degraded; }
};

TEST(health_of_the_adapter, counts_where_no_policy_knows_better)
{
    session_log log;
    using plain = steward::resource<"a", self_aware>;
    using checked = steward::resource<"b", self_aware, steward::health::on_return>;
    steward::manager<plain, checked> manager{plain::with(session_adapter::settings{log}),
                                             checked::with(session_adapter::settings{log})};
    manager.acquire<"b">().release();
    EXPECT_EQ(manager.health<"a">(), resource_health::degraded);
    EXPECT_EQ(manager.health<"b">(), resource_health::healthy);
}

} // namespace
