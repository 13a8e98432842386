// SPDX-License-Identifier: BSL-1.0
#include "support/lockings.hpp"

using namespace steward::test;
using namespace steward::literals;
using steward::resource_health;

namespace {

template <class B>
class health_periodic : public pool_fixture<B> {
public:
    const steward::time_point start = steward::clock::now() + 1s;

    static constexpr steward::pool_options patient{.idle_timeout = 0s, .max_lifetime = 0s, .validation_interval = 60s};

    template <class Health = steward::health::periodic>
    auto make_checked(steward::pool_options options = patient)
    {
        return this->template make_with<Health>(options);
    }
    /// One session that rests from `start` on.
    void rest_one(auto& manager, bool broken = false)
    {
        manager.maintain(start);
        manager.template acquire<"sessions">()->broken = broken;
        manager.maintain(start);
    }
};
TYPED_TEST_SUITE(health_periodic, each_locking, policy_names);

TYPED_TEST(health_periodic, validates_what_rests_once_in_each_interval)
{
    auto manager = this->make_checked();
    this->rest_one(manager);
    manager.maintain(this->start + 59s);
    EXPECT_EQ(this->log.validated, 0);
    manager.maintain(this->start + 60s);
    EXPECT_EQ(this->log.validated, 1);
    manager.maintain(this->start + 119s);
    EXPECT_EQ(this->log.validated, 1);
    manager.maintain(this->start + 120s);
    EXPECT_EQ(this->log.validated, 2);
}

TYPED_TEST(health_periodic, validates_once_however_many_intervals_have_passed)
{
    auto manager = this->make_checked();
    this->rest_one(manager);
    manager.maintain(this->start + 1000s);
    EXPECT_EQ(this->log.validated, 1);
    manager.maintain(this->start + 1019s);
    EXPECT_EQ(this->log.validated, 1);
    manager.maintain(this->start + 1020s);
    EXPECT_EQ(this->log.validated, 2);
}

TYPED_TEST(health_periodic, validates_nothing_for_a_lease)
{
    auto manager = this->make_checked();
    this->rest_one(manager);
    for (int i = 0; i != 3; ++i)
        manager.template acquire<"sessions">().release();
    EXPECT_EQ(this->log.validated, 0);
}

TYPED_TEST(health_periodic, leaves_what_is_lent_alone)
{
    auto manager = this->make_checked();
    manager.maintain(this->start);
    auto lease = manager.template acquire<"sessions">();
    lease->broken = true;
    manager.maintain(this->start + 60s);
    manager.maintain(this->start + 600s);
    EXPECT_EQ(this->log.validated, 0);
    EXPECT_EQ(this->log.destroyed, 0);
}

TYPED_TEST(health_periodic, leaves_what_is_used_alone)
{
    auto manager = this->make_checked();
    for (int i = 0; i != 10; ++i) {
        manager.maintain(this->start + std::chrono::seconds{40 * i});
        manager.template acquire<"sessions">().release();
    }
    EXPECT_EQ(this->log.validated, 0);
}

TYPED_TEST(health_periodic, retires_what_fails)
{
    auto manager = this->make_checked();
    this->rest_one(manager, true);
    manager.maintain(this->start + 60s);
    EXPECT_EQ(this->log.destroyed, 1);
    EXPECT_EQ(manager.template status<"sessions">().size, 0U);
    EXPECT_EQ(manager.template health<"sessions">(), resource_health::degraded);
    const auto counts = manager.template metrics<"sessions">();
    EXPECT_EQ(counts.validation_failures, 1U);
    EXPECT_EQ(counts.retired_because(steward::retirement::invalid), 1U);
    EXPECT_EQ(counts.acquisitions, 1U);
}

TYPED_TEST(health_periodic, retires_what_cannot_be_validated)
{
    auto manager = this->make_checked();
    this->rest_one(manager);
    this->log.validate_throws = true;
    manager.maintain(this->start + 60s);
    EXPECT_EQ(this->log.destroyed, 1);
}

TYPED_TEST(health_periodic, replaces_what_fails_up_to_min_size)
{
    auto options = this->patient;
    options.min_size = 2;
    auto manager = this->make_checked(options);
    this->rest_one(manager, true);
    manager.maintain(this->start + 60s);
    EXPECT_EQ(this->log.created, 3);
    EXPECT_EQ(manager.template status<"sessions">().available, 2U);
}

TYPED_TEST(health_periodic, never_validates_where_the_interval_is_zero)
{
    auto options = this->patient;
    options.validation_interval = 0s;
    auto manager = this->make_checked(options);
    this->rest_one(manager, true);
    manager.maintain(this->start + 10h);
    manager.maintain(this->start + 20h);
    EXPECT_EQ(this->log.validated, 0);
}

TYPED_TEST(health_periodic, follows_an_interval_that_changes)
{
    auto manager = this->make_checked();
    this->rest_one(manager);
    manager.template resize<"sessions">({.validation_interval = 10s});
    manager.maintain(this->start + 10s);
    EXPECT_EQ(this->log.validated, 1);
}

TYPED_TEST(health_periodic, combines_with_what_looks_at_the_borrow)
{
    namespace health = steward::health;
    auto manager = this->template make_checked<health::all<health::periodic, health::on_borrow<30_s>>>();
    this->rest_one(manager);
    manager.maintain(this->start + 60s);
    EXPECT_EQ(this->log.validated, 1);
    manager.template acquire<"sessions">().release();
    EXPECT_EQ(this->log.validated, 2) << "it has rested for longer than thirty seconds";
}

TYPED_TEST(health_periodic, looks_at_a_shared_resource_too)
{
    using files = steward::resource<"files", session_adapter, typename TypeParam::locking, steward::pooling::shared,
                                    steward::health::periodic>;
    steward::manager<files> manager{files::with(session_adapter::settings{this->log}, {.validation_interval = 60s}),
                                    steward::manual_housekeeping};
    auto lease = manager.template acquire<"files">();
    manager.maintain(this->start + 60s);
    EXPECT_EQ(this->log.validated, 1);
    manager.maintain(this->start + 119s);
    EXPECT_EQ(this->log.validated, 1);
    this->log.all_invalid = true;
    manager.maintain(this->start + 120s);
    EXPECT_EQ(this->log.destroyed, 0) << "somebody holds it";
    lease.release();
    EXPECT_EQ(this->log.destroyed, 1);
    EXPECT_EQ(manager.template acquire<"files">()->number, 2);
}

/// Validating what rests, whatever the health policy is.
template <class B>
using keepalive = health_periodic<B>;
TYPED_TEST_SUITE(keepalive, each_locking, policy_names);

TYPED_TEST(keepalive, validates_what_rests_without_a_health_policy)
{
    auto manager =
        this->template make_checked<steward::health::none>({.idle_timeout = 0s, .max_lifetime = 0s, .keepalive = 20s});
    this->rest_one(manager);
    manager.maintain(this->start + 19s);
    EXPECT_EQ(this->log.validated, 0);
    manager.maintain(this->start + 20s);
    EXPECT_EQ(this->log.validated, 1);
    manager.maintain(this->start + 40s);
    EXPECT_EQ(this->log.validated, 2);
}

TYPED_TEST(keepalive, retires_what_fails)
{
    auto manager =
        this->template make_checked<steward::health::none>({.idle_timeout = 0s, .max_lifetime = 0s, .keepalive = 20s});
    this->rest_one(manager, true);
    manager.maintain(this->start + 20s);
    EXPECT_EQ(this->log.destroyed, 1);
}

TYPED_TEST(keepalive, is_off_unless_it_is_asked_for)
{
    auto manager = this->template make_checked<steward::health::none>({.idle_timeout = 0s, .max_lifetime = 0s});
    this->rest_one(manager);
    manager.maintain(this->start + 10h);
    EXPECT_EQ(this->log.validated, 0);
}

TYPED_TEST(keepalive, does_not_keep_a_resource_from_becoming_unused)
{
    auto manager =
        this->template make_checked<steward::health::none>({.idle_timeout = 50s, .max_lifetime = 0s, .keepalive = 20s});
    this->rest_one(manager);
    manager.maintain(this->start + 20s);
    manager.maintain(this->start + 40s);
    EXPECT_EQ(this->log.destroyed, 0);
    manager.maintain(this->start + 50s);
    EXPECT_EQ(this->log.destroyed, 1);
    EXPECT_EQ(manager.template metrics<"sessions">().retired_because(steward::retirement::unused), 1U);
}

} // namespace
