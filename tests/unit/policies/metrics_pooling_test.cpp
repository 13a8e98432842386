// SPDX-License-Identifier: BSL-1.0
#include "support/pool_fixture.hpp"

using namespace steward::test;

namespace {

template <class Metrics, class Pooling, class Locking = steward::locking::lock_free>
struct measured_in {
    using metrics = Metrics;
    using pooling = Pooling;
    using locking = Locking;
};

/// Every metrics policy in every kind of pool: the state of a lease takes another path in each.
template <class Combination>
class metrics_in_every_pool : public testing::Test {
public:
    using sessions = steward::resource<"sessions", session_adapter, typename Combination::metrics,
                                       typename Combination::pooling, typename Combination::locking>;

    session_log log;
    steward::manager<sessions> manager{sessions::with(session_adapter::settings{log})};

    steward::metrics_snapshot counted() { return manager.template metrics<"sessions">(); }
};

template <class M>
using in_bounded = measured_in<M, steward::pooling::bounded<0, 4>>;
template <class M>
using in_arena = measured_in<M, steward::pooling::arena<4>>;
template <class M>
using in_shared = measured_in<M, steward::pooling::shared>;
template <class M>
using in_transient = measured_in<M, steward::pooling::transient>;
template <class M>
using on_one_thread_of = measured_in<M, steward::pooling::shared, steward::locking::none>;

using steward::metrics::counters;
using steward::metrics::sampled;
using steward::metrics::timed;
using combinations =
    testing::Types<in_bounded<counters>, in_arena<counters>, in_shared<counters>, in_transient<counters>,
                   on_one_thread_of<counters>, in_bounded<timed>, in_arena<timed>, in_shared<timed>,
                   in_transient<timed>, on_one_thread_of<timed>, in_bounded<sampled<2>>, in_arena<sampled<2>>,
                   in_shared<sampled<2>>, in_transient<sampled<2>>, on_one_thread_of<sampled<2>>>;
TYPED_TEST_SUITE(metrics_in_every_pool, combinations);

TYPED_TEST(metrics_in_every_pool, count_each_lease_once)
{
    for (int i = 0; i != 6; ++i)
        auto lease = this->manager.template acquire<"sessions">();
    auto owner = this->manager.owner("load", 1);
    owner.template acquire<"sessions">();
    const auto counts = this->counted();
    EXPECT_EQ(counts.acquisitions, 7U);
    EXPECT_EQ(counts.releases, 6U);
    EXPECT_EQ(counts.active, 1U);
    EXPECT_EQ(static_cast<int>(counts.creations), this->log.created);
    EXPECT_EQ(static_cast<int>(counts.retirements), this->log.destroyed);
}

TYPED_TEST(metrics_in_every_pool, measure_holds_if_they_measure_any)
{
    using metrics = typename TypeParam::metrics;
    for (int i = 0; i != 4; ++i)
        auto lease = this->manager.template acquire<"sessions">();
    const std::uint64_t expected = std::is_same_v<metrics, timed> ? 4 : std::is_same_v<metrics, counters> ? 0 : 2;
    EXPECT_EQ(this->counted().hold_time.count, expected);
    EXPECT_LE(this->counted().hold_time.max, this->counted().hold_time.total);
}

TYPED_TEST(metrics_in_every_pool, count_what_could_not_be_created_as_a_failure)
{
    this->log.create_throws = true;
    EXPECT_FALSE(this->manager.template try_acquire<"sessions">());
    const auto counts = this->counted();
    EXPECT_EQ(counts.failures, 1U);
    EXPECT_EQ(counts.acquisitions + counts.timeouts + counts.active, 0U);
}

} // namespace
