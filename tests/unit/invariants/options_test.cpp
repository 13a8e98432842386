// SPDX-License-Identifier: BSL-1.0
#include "pools_that_differ.hpp"

#include <stdexcept>
#include <string>

using namespace steward::test;
using namespace steward::literals;
using steward::errc;
using steward::resource_health;

namespace {

/// An adapter that counts itself.
class counted_adapter : public session_adapter {
public:
    static inline int made = 0;
    explicit counted_adapter(settings s) : session_adapter{s} { ++made; }
};

template <class... Policies>
using counted_sessions = steward::resource<"sessions", counted_adapter, Policies...>;

/// A manager with these options is not built, and `field` is named as the reason.
template <class Resource>
void expect_refused(const typename Resource::pooling_policy::options& options, const std::string& field)
{
    session_log log;
    counted_adapter::made = 0;
    try {
        const steward::manager<Resource> manager{Resource::with(session_adapter::settings{log}, options)};
        FAIL() << field << " was accepted";
    } catch (const steward::configuration_error& error) {
        EXPECT_EQ(error.code(), errc::configuration);
        ASSERT_EQ(error.problems().size(), 1U);
        EXPECT_EQ(error.problems()[0].resource, "sessions");
        EXPECT_EQ(error.problems()[0].field, field);
    }
    EXPECT_EQ(counted_adapter::made, 0);
    EXPECT_EQ(log.created, 0);
}

// 9. min_size > max_size, max_size 0, negative sizes and times are refused when the manager is built (one predecessor
// hangs). min_size 0 and acquire_timeout 0 are valid; idle_timeout, max_lifetime and validation_interval 0 mean never.
template <class Pooling>
class invariant_09 : public testing::Test {
public:
    session_log log;
};
using poolings_of_slots = testing::Types<steward::pooling::bounded<0, 4>, steward::pooling::arena<4>>;
TYPED_TEST_SUITE(invariant_09, poolings_of_slots);

TYPED_TEST(invariant_09, a_min_size_above_max_size_is_refused_when_the_manager_is_built)
{
    expect_refused<counted_sessions<TypeParam>>({.min_size = 3, .max_size = 2}, "max_size");
}

TYPED_TEST(invariant_09, a_max_size_of_zero_is_refused_when_the_manager_is_built)
{
    expect_refused<counted_sessions<TypeParam>>({.max_size = 0}, "max_size");
    expect_refused<counted_sessions<TypeParam>>({.min_size = 0, .max_size = 0}, "max_size");
}

TYPED_TEST(invariant_09, negative_sizes_are_refused_when_the_manager_is_built)
{
    expect_refused<counted_sessions<TypeParam>>({.max_size = static_cast<std::size_t>(-1)}, "max_size");
    expect_refused<counted_sessions<TypeParam>>({.min_size = static_cast<std::size_t>(-1)}, "min_size");
}

TYPED_TEST(invariant_09, negative_times_are_refused_when_the_manager_is_built)
{
    using resource = counted_sessions<TypeParam>;
    expect_refused<resource>({.acquire_timeout = -1ms}, "acquire_timeout");
    expect_refused<resource>({.idle_timeout = -1ns}, "idle_timeout");
    expect_refused<resource>({.max_lifetime = -1h}, "max_lifetime");
    expect_refused<resource>({.validation_interval = -1ms}, "validation_interval");
    expect_refused<resource>({.keepalive = -1ms}, "keepalive");
}

TEST(invariant_09, negative_times_of_a_shared_resource_are_refused_when_the_manager_is_built)
{
    using sessions = counted_sessions<steward::pooling::shared>;
    expect_refused<sessions>({.acquire_timeout = -1ms}, "acquire_timeout");
    expect_refused<sessions>({.validation_interval = -1ms}, "validation_interval");
}

TYPED_TEST(invariant_09, what_is_refused_when_the_manager_is_built_is_refused_later_and_changes_nothing)
{
    using resource = counted_sessions<TypeParam>;
    steward::manager<resource> manager{resource::with(session_adapter::settings{this->log}, {.max_size = 2})};
    for (const steward::pool_options& wrong :
         {steward::pool_options{.max_size = 0}, {.min_size = 3}, {.max_size = 5}, {.acquire_timeout = -1ms}})
        EXPECT_THROW(manager.template resize<"sessions">(wrong), steward::configuration_error);
    EXPECT_EQ(manager.template status<"sessions">().capacity, 2U);
}

TYPED_TEST(invariant_09, a_min_size_of_zero_is_valid)
{
    using resource = counted_sessions<TypeParam>;
    steward::manager<resource> manager{resource::with(session_adapter::settings{this->log}, {.min_size = 0}),
                                       steward::manual_housekeeping};
    manager.maintain();
    EXPECT_EQ(this->log.created, 0);
    EXPECT_TRUE(manager.template try_acquire<"sessions">());
}

TYPED_TEST(invariant_09, an_acquire_timeout_of_zero_is_valid)
{
    using resource = counted_sessions<TypeParam>;
    steward::manager<resource> manager{
        resource::with(session_adapter::settings{this->log}, {.max_size = 1, .acquire_timeout = 0ms})};
    const auto lease = manager.template try_acquire<"sessions">();
    EXPECT_TRUE(lease);
    EXPECT_EQ(code_of(manager.template try_acquire<"sessions">()), errc::timed_out);
}

/// A session rests while ten years pass.
template <class Resource>
void expect_it_stays_and_is_not_looked_at(const typename Resource::pooling_policy::options& options)
{
    session_log log;
    steward::manager<Resource> manager{Resource::with(session_adapter::settings{log}, options),
                                       steward::manual_housekeeping};
    manager.template acquire<"sessions">().release();
    for (int year = 1; year != 11; ++year)
        manager.maintain(steward::clock::now() + year * 24h * 365);
    EXPECT_EQ(log.destroyed, 0);
    EXPECT_EQ(log.validated, 0);
    EXPECT_EQ(manager.template acquire<"sessions">()->number, 1);
}

TYPED_TEST(invariant_09, an_idle_timeout_and_a_max_lifetime_of_zero_mean_never)
{
    expect_it_stays_and_is_not_looked_at<counted_sessions<TypeParam>>({.idle_timeout = 0s, .max_lifetime = 0s});
}

TYPED_TEST(invariant_09, a_max_lifetime_of_zero_means_never_for_what_is_lent)
{
    using resource = counted_sessions<TypeParam>;
    steward::manager<resource> manager{resource::with(session_adapter::settings{this->log}, {.max_lifetime = 0s}),
                                       steward::manual_housekeeping};
    auto lease = manager.template acquire<"sessions">();
    manager.maintain(steward::clock::now() + 24h * 365);
    lease.release();
    EXPECT_EQ(this->log.destroyed, 0);
}

TYPED_TEST(invariant_09, a_validation_interval_of_zero_means_never)
{
    expect_it_stays_and_is_not_looked_at<counted_sessions<TypeParam, steward::health::periodic>>(
        {.idle_timeout = 0s, .max_lifetime = 0s, .validation_interval = 0s});
}

TEST(invariant_09, a_validation_interval_of_zero_of_a_shared_resource_means_never)
{
    expect_it_stays_and_is_not_looked_at<counted_sessions<steward::pooling::shared, steward::health::periodic>>(
        {.validation_interval = 0s});
}

// 10. A min_size that could not be reached is visible in health and metrics, and is tried again.
template <class Health>
class invariant_10 : public testing::Test {
public:
    using sessions = counted_sessions<steward::pooling::bounded<2, 4>, Health, steward::metrics::counters>;
    session_log log;
    steward::time_point now = steward::clock::now() + 1h;
    steward::manager<sessions> manager{sessions::with(session_adapter::settings{log}), steward::manual_housekeeping};
};
using policies_that_know =
    testing::Types<steward::health::on_borrow<>, steward::health::on_return, steward::health::periodic,
                   steward::health::circuit_breaker<1, 60_s>, steward::health::circuit_breaker<3, 60_s>>;
TYPED_TEST_SUITE(invariant_10, policies_that_know);

TYPED_TEST(invariant_10, a_min_size_that_could_not_be_reached_is_visible_in_health)
{
    this->log.create_throws = true;
    this->manager.maintain(this->now);
    EXPECT_GE(this->manager.template health<"sessions">(), resource_health::degraded);
    EXPECT_TRUE(contains(this->manager.template diagnose<"sessions">().reason, "connection refused"));
    EXPECT_EQ(this->manager.template status<"sessions">().health, this->manager.template health<"sessions">());
}

TYPED_TEST(invariant_10, a_min_size_that_could_not_be_reached_is_visible_in_metrics)
{
    this->log.create_throws = true;
    this->manager.maintain(this->now);
    const auto seen = this->manager.template metrics<"sessions">();
    EXPECT_EQ(seen.create_failures, 1U);
    EXPECT_EQ(seen.creations, 0U);
    EXPECT_EQ(seen.size, 0U);
    EXPECT_EQ(seen.failures, 0U) << "it was nobody's acquisition";
}

TYPED_TEST(invariant_10, a_min_size_that_could_not_be_reached_is_tried_again)
{
    this->log.create_throws = true;
    this->manager.maintain(this->now);
    this->log.create_throws = false;
    this->manager.maintain(this->now + 60s);
    EXPECT_EQ(this->manager.template status<"sessions">().available, 2U);
    EXPECT_EQ(this->manager.template health<"sessions">(), resource_health::healthy);
}

TYPED_TEST(invariant_10, a_min_size_that_was_reached_in_part_is_visible_and_tried_again)
{
    this->log.while_creating = [this] {
        if (this->log.created == 1)
            throw std::runtime_error{"too many connections"};
    };
    this->manager.maintain(this->now);
    EXPECT_EQ(this->manager.template status<"sessions">().size, 1U);
    EXPECT_GE(this->manager.template health<"sessions">(), resource_health::degraded);
    EXPECT_EQ(this->manager.template metrics<"sessions">().create_failures, 1U);
    this->log.while_creating = nullptr;
    this->manager.maintain(this->now + 60s);
    EXPECT_EQ(this->manager.template status<"sessions">().size, 2U);
}

TEST(invariant_10, a_min_size_that_could_not_be_reached_is_tried_again_without_anybody_asking)
{
    using sessions = counted_sessions<steward::pooling::bounded<1, 4>>;
    session_log log;
    log.while_creating = [tries = 0]() mutable {
        if (++tries < 3)
            throw std::runtime_error{"not yet"};
    };
    steward::manager<sessions> manager{sessions::with(session_adapter::settings{log}, {.idle_timeout = 8ms})};
    wait_until([&] { return manager.status<"sessions">().size == 1; });
}

} // namespace
