// SPDX-License-Identifier: BSL-1.0
#include "support/pool_fixture.hpp"

#include <string>

using namespace steward::test;
using steward::errc;
namespace metrics = steward::metrics;

namespace all_test {

int events = 0;
void count_event(const steward::resource_event&) { ++events; }

static_assert(metrics::all<metrics::counters>::measures_every == 0);
static_assert(metrics::all<metrics::counters, metrics::histogram>::measures_every == 1);
static_assert(metrics::all<metrics::sampled<8>, metrics::histogram>::measures_every == 8);
static_assert(metrics::all<metrics::sampled<8>, metrics::sampled<4>>::measures_every == 4);
static_assert(metrics::all<metrics::timed, metrics::histogram>::measures_every == 1);
static_assert(!steward::detail::observes<metrics::all<metrics::counters>>);
static_assert(steward::detail::observes<metrics::all<metrics::counters, metrics::observer<&count_event>>>);

/// The same things happen to a resource, whatever measures them.
template <class Metrics>
class metrics_all : public testing::Test {
public:
    using sessions =
        steward::resource<"sessions", session_adapter, steward::pooling::bounded<0, 2>, metrics::all<Metrics>>;

    session_log log;
    steward::manager<sessions> manager{sessions::with(session_adapter::settings{log}), steward::manual_housekeeping};

    auto acquire() { return manager.template acquire<"sessions">(); }
    auto counted() { return manager.template metrics<"sessions">(); }
};

template <class... Policies>
struct named : metrics::all<Policies...> {};

using combinations = testing::Types<
    named<metrics::counters>, named<metrics::counters, metrics::counters>, named<metrics::counters, metrics::timed>,
    named<metrics::counters, metrics::histogram>, named<metrics::histogram, metrics::counters>,
    named<metrics::timed, metrics::histogram>, named<metrics::counters, metrics::sampled<3>, metrics::histogram>,
    named<metrics::all<metrics::counters, metrics::histogram>, metrics::timed, metrics::observer<&count_event>>>;
TYPED_TEST_SUITE(metrics_all, combinations);

TYPED_TEST(metrics_all, counts_nothing_twice)
{
    for (int i = 0; i != 6; ++i)
        this->acquire().release();
    auto held = this->acquire();
    this->acquire().discard();
    this->log.create_throws = true;
    EXPECT_EQ(code_of(this->manager.template try_acquire<"sessions">()), errc::create_failed);
    this->log.create_throws = false;
    const auto counted = this->counted();
    EXPECT_EQ(counted.acquisitions, 8U);
    EXPECT_EQ(counted.releases, 7U);
    EXPECT_EQ(counted.active, 1U);
    EXPECT_EQ(counted.creations, 2U);
    EXPECT_EQ(counted.create_failures, 1U);
    EXPECT_EQ(counted.failures, 1U);
    EXPECT_EQ(counted.failed_with(errc::create_failed), 1U);
    EXPECT_EQ(counted.retirements, 1U);
    EXPECT_EQ(counted.retired_because(steward::retirement::discarded), 1U);
}

TYPED_TEST(metrics_all, times_nothing_twice)
{
    constexpr auto every = TypeParam::measures_every;
    for (int i = 0; i != 6; ++i)
        this->acquire().release();
    const auto counted = this->counted();
    EXPECT_EQ(counted.hold_time.count, every == 0 ? 0 : 6 / every);
    EXPECT_EQ(counted.acquire_time.count, every == 0 ? 0U : 1U);
    EXPECT_LE(counted.create_time.count, 1U);
    if (!counted.hold_time.spread.empty()) {
        EXPECT_EQ(counted.hold_time.spread.count(), counted.hold_time.count);
        EXPECT_LE(counted.hold_time.average(), counted.hold_time.max);
    }
}

TYPED_TEST(metrics_all, times_nothing_twice_in_several_slots)
{
    constexpr auto every = TypeParam::measures_every;
    {
        auto a = this->acquire();
        auto b = this->acquire();
    }
    EXPECT_EQ(this->counted().hold_time.count, every == 0 ? 0U : 2U) << "the first of each slot";
}

/// Sampling decides which leases are timed, for the histogram too.
TEST(sampling, together_with_a_histogram_has_percentiles_of_every_nth_lease)
{
    using sessions = steward::resource<"sessions", session_adapter, steward::pooling::bounded<0, 1>,
                                       metrics::all<metrics::sampled<4>, metrics::histogram>>;
    session_log log;
    steward::manager<sessions> manager{sessions::with(session_adapter::settings{log}), steward::manual_housekeeping};
    for (int i = 0; i != 40; ++i)
        manager.acquire<"sessions">().release();
    const auto counted = manager.metrics<"sessions">();
    EXPECT_EQ(counted.acquisitions, 40U);
    EXPECT_EQ(counted.hold_time.count, 10U);
    EXPECT_EQ(counted.hold_time.spread.count(), 10U);
    EXPECT_NE(counted.last_acquired, steward::time_point{});
    EXPECT_GE(counted.last_released, counted.last_acquired);
}

/// Where a resource has no slots the policies' states are elsewhere.
template <class Pooling>
class unpooled_all : public testing::Test {};
using unpooled = testing::Types<steward::pooling::shared, steward::pooling::transient>;
TYPED_TEST_SUITE(unpooled_all, unpooled);

TYPED_TEST(unpooled_all, counts_and_times_nothing_twice)
{
    using sessions = steward::resource<"sessions", session_adapter, TypeParam,
                                       metrics::all<metrics::timed, metrics::counters, metrics::histogram>>;
    session_log log;
    steward::manager<sessions> manager{sessions::with(session_adapter::settings{log})};
    for (int i = 0; i != 5; ++i)
        manager.template acquire<"sessions">().release();
    const auto counted = manager.template metrics<"sessions">();
    EXPECT_EQ(counted.acquisitions, 5U);
    EXPECT_EQ(counted.releases, 5U);
    EXPECT_EQ(counted.hold_time.count, 5U);
    EXPECT_EQ(counted.hold_time.spread.count(), 5U);
}

TEST(observing, beside_counting_does_both)
{
    using sessions = steward::resource<"sessions", session_adapter,
                                       metrics::all<metrics::observer<&count_event>, metrics::counters>>;
    events = 0;
    session_log log;
    steward::manager<sessions> manager{sessions::with(session_adapter::settings{log}), steward::manual_housekeeping};
    manager.acquire<"sessions">().discard();
    EXPECT_EQ(events, 2) << "created, retired";
    EXPECT_EQ(manager.metrics<"sessions">().creations, 1U);
}

} // namespace all_test
