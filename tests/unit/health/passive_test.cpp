// SPDX-License-Identifier: BSL-1.0
#include "support/lockings.hpp"

using namespace steward::test;
using steward::resource_health;

namespace {

template <class Lease>
concept reports = requires(Lease& lease) { lease.report_failure(); };
template <class Health>
using lease_with =
    steward::manager<steward::resource<"sessions", session_adapter, Health>>::template lease_type<"sessions">;
static_assert(reports<lease_with<steward::health::passive<>>>);
static_assert(reports<lease_with<steward::health::circuit_breaker<>>>);
static_assert(!reports<lease_with<steward::health::on_borrow<>>>);
static_assert(!reports<lease_with<steward::health::none>>);

template <class B>
class health_passive : public pool_fixture<B> {
public:
    static resource_health health(auto& manager) { return manager.template health<"sessions">(); }
};
TYPED_TEST_SUITE(health_passive, each_locking, policy_names);

TYPED_TEST(health_passive, knows_nothing_until_somebody_reports)
{
    auto manager = this->template make_with<steward::health::passive<>>();
    manager.template acquire<"sessions">().release();
    EXPECT_EQ(this->health(manager), resource_health::unknown);
    manager.template acquire<"sessions">().report_success();
    EXPECT_EQ(this->health(manager), resource_health::healthy);
}

TYPED_TEST(health_passive, is_degraded_by_one_failure_and_unhealthy_by_so_many_in_a_row)
{
    auto manager = this->template make_with<steward::health::passive<3>>();
    auto lease = manager.template acquire<"sessions">();
    lease.report_failure();
    EXPECT_EQ(this->health(manager), resource_health::degraded);
    lease.report_failure();
    EXPECT_EQ(this->health(manager), resource_health::degraded);
    lease.report_failure();
    EXPECT_EQ(this->health(manager), resource_health::unhealthy);
}

TYPED_TEST(health_passive, is_healthy_by_one_success_and_counts_from_zero)
{
    auto manager = this->template make_with<steward::health::passive<2>>();
    auto lease = manager.template acquire<"sessions">();
    lease.report_failure();
    lease.report_failure();
    lease.report_success();
    EXPECT_EQ(this->health(manager), resource_health::healthy);
    lease.report_failure();
    EXPECT_EQ(this->health(manager), resource_health::degraded);
}

TYPED_TEST(health_passive, counts_reports_of_all_holders_together)
{
    auto manager = this->template make_with<steward::health::passive<2>>();
    auto a = manager.template acquire<"sessions">();
    auto b = manager.template acquire<"sessions">();
    a.report_failure();
    b.report_failure();
    EXPECT_EQ(this->health(manager), resource_health::unhealthy);
    EXPECT_EQ(manager.template status<"sessions">().state, steward::resource_state::error);
}

TYPED_TEST(health_passive, refuses_and_retires_nothing)
{
    auto manager = this->template make_with<steward::health::passive<1>>();
    auto lease = manager.template acquire<"sessions">();
    lease.report_failure();
    lease.release();
    EXPECT_EQ(manager.template acquire<"sessions">()->number, 1);
    EXPECT_EQ(this->log.validated, 0);
}

TYPED_TEST(health_passive, hears_nothing_from_a_lease_that_holds_nothing)
{
    auto manager = this->template make_with<steward::health::passive<1>>();
    auto lease = manager.template acquire<"sessions">();
    lease.release();
    lease.report_failure();
    EXPECT_EQ(this->health(manager), resource_health::unknown);
}

TYPED_TEST(health_passive, hears_the_holders_of_a_shared_and_of_a_transient_resource)
{
    using locking = typename TypeParam::locking;
    using files =
        steward::resource<"files", session_adapter, locking, steward::pooling::shared, steward::health::passive<1>>;
    using buffers = steward::resource<"buffers", session_adapter, locking, steward::pooling::transient,
                                      steward::health::passive<1>>;
    steward::manager<files, buffers> manager{files::with(session_adapter::settings{this->log}),
                                             buffers::with(session_adapter::settings{this->log}),
                                             steward::manual_housekeeping};
    manager.template acquire<"files">().report_failure();
    EXPECT_EQ(manager.template health<"files">(), resource_health::unhealthy);
    EXPECT_EQ(manager.template health<"buffers">(), resource_health::unknown);
    manager.template acquire<"buffers">().report_failure();
    EXPECT_EQ(manager.template health<"buffers">(), resource_health::unhealthy);
}

} // namespace
