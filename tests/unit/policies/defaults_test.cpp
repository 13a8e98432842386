// SPDX-License-Identifier: BSL-1.0
#include "support/pool_fixture.hpp"

using namespace steward::test;

// Which policy an axis has: the resource's own, else the manager's, else the adapter's, else the standard one.
namespace {

struct opinionated : session_adapter {
    using session_adapter::session_adapter;
    using default_policies = steward::defaults<steward::pooling::transient, steward::metrics::timed>;
};

template <class... Policies>
using plain = steward::resource<"sessions", session_adapter, Policies...>;
template <class... Policies>
using special = steward::resource<"sessions", opinionated, Policies...>;

template <class Resource, class... ManagerPolicies>
using decided = typename Resource::template decided<steward::defaults<ManagerPolicies...>>::traits;

static_assert(std::same_as<plain<>::locking_policy, steward::locking::lock_free>);
static_assert(std::same_as<plain<>::pooling_policy, steward::pooling::bounded<0, 8>>);
static_assert(std::same_as<plain<>::health_policy, steward::health::none>);
static_assert(std::same_as<plain<>::metrics_policy, steward::metrics::none>);
static_assert(std::same_as<plain<>::ownership_policy, steward::ownership::none>);

static_assert(std::same_as<special<>::pooling_policy, steward::pooling::transient>);
static_assert(std::same_as<special<>::metrics_policy, steward::metrics::timed>);
static_assert(std::same_as<special<>::locking_policy, steward::locking::lock_free>);

static_assert(std::same_as<decided<special<>, steward::metrics::counters>::metrics, steward::metrics::counters>);
static_assert(std::same_as<decided<special<>, steward::metrics::counters>::pooling, steward::pooling::transient>);
static_assert(std::same_as<decided<special<steward::metrics::none>, steward::metrics::counters>::metrics,
                           steward::metrics::none>);
static_assert(std::same_as<decided<plain<>, steward::locking::mutex>::locking, steward::locking::mutex>);

// The order never matters.
static_assert(std::same_as<decided<plain<steward::locking::spin, steward::metrics::timed>>,
                           decided<plain<steward::metrics::timed, steward::locking::spin>>>);

static_assert(
    std::same_as<steward::resource<"v", steward::adapters::value<int>>::pooling_policy, steward::pooling::shared>);

TEST(defaults, of_the_manager_stand_under_each_resource)
{
    session_log log;
    using counted = steward::resource<"counted", session_adapter>;
    using timed = steward::resource<"timed", session_adapter, steward::metrics::timed>;
    steward::manager<steward::defaults<steward::metrics::counters>, counted, timed> manager{
        counted::with(session_adapter::settings{log}), timed::with(session_adapter::settings{log})};
    manager.acquire<"counted">().release();
    manager.acquire<"timed">().release();
    EXPECT_EQ(manager.metrics<"counted">().acquisitions, 1U);
    EXPECT_EQ(manager.metrics<"counted">().hold_time.count, 0U);
    EXPECT_EQ(manager.metrics<"timed">().hold_time.count, 1U);
}

TEST(defaults, of_the_manager_stand_over_the_adapters)
{
    steward::manager<steward::defaults<steward::pooling::bounded<0, 2>>,
                     steward::resource<"number", steward::adapters::value<int>>>
        manager;
    EXPECT_TRUE(manager.status<"number">().pooled);
    EXPECT_EQ(manager.status<"number">().capacity, 2U);
}

TEST(defaults, of_a_struct_that_derives_from_its_resource_are_the_same)
{
    struct sessions : steward::resource<"sessions", session_adapter, steward::metrics::counters> {};
    session_log log;
    steward::manager<sessions> manager{sessions::with(session_adapter::settings{log}, {.max_size = 1})};
    manager.acquire<"sessions">().release();
    EXPECT_EQ(manager.metrics<"sessions">().acquisitions, 1U);
}

TEST(options, that_are_not_named_keep_their_values)
{
    session_log log;
    using sessions = plain<steward::pooling::bounded<1, 3>>;
    steward::manager<sessions> manager{
        sessions::with(session_adapter::settings{log}, {.acquire_timeout = 0ms, .max_lifetime = 0s}),
        steward::manual_housekeeping};
    manager.maintain();
    EXPECT_EQ(manager.status<"sessions">().size, 1U);
    EXPECT_EQ(manager.status<"sessions">().capacity, 3U);
}

TEST(options, keep_the_order_of_the_contract)
{
    const steward::pool_options all{
        .min_size = 1, .max_size = 3, .acquire_timeout = 10ms, .idle_timeout = 300s, .max_lifetime = 3600s};
    EXPECT_EQ(all.max_size, 3U);
    const steward::shared_options shared{.acquire_timeout = 10ms};
    EXPECT_EQ(shared.acquire_timeout, 10ms);
}

} // namespace
