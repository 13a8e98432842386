// SPDX-License-Identifier: BSL-1.0
#include "support/pool_fixture.hpp"

#include <thread>
#include <vector>

using namespace steward::test;

namespace {

template <class Metrics>
class metrics_policy : public testing::Test {
public:
    using sessions = steward::resource<"sessions", session_adapter, steward::pooling::bounded<0, 1>, Metrics>;
    session_log log;
    steward::manager<sessions> manager{sessions::with(session_adapter::settings{log})};

    auto acquire() { return manager.template acquire<"sessions">(); }
    auto counted() { return manager.template metrics<"sessions">(); }
};

using metrics_counters = metrics_policy<steward::metrics::counters>;
using metrics_timed = metrics_policy<steward::metrics::timed>;
using metrics_sampled = metrics_policy<steward::metrics::sampled<4>>;

template <class M>
concept counts = requires(M& m) { m.template metrics<"sessions">(); };
static_assert(!counts<steward::manager<steward::resource<"sessions", session_adapter, steward::metrics::none>>>);

TEST_F(metrics_counters, measures_no_times)
{
    acquire().release();
    EXPECT_EQ(counted().acquisitions, 1U);
    EXPECT_EQ(counted().hold_time.count, 0U);
    EXPECT_EQ(counted().acquire_time.count, 0U);
}

TEST_F(metrics_counters, shows_its_totals_in_the_status)
{
    acquire().release();
    const auto status = manager.status<"sessions">();
    ASSERT_TRUE(status.totals);
    EXPECT_EQ(status.totals->acquisitions, 1U);
    EXPECT_EQ(status.totals->releases, 1U);
}

TEST_F(metrics_timed, measures_each_hold)
{
    for (int i = 0; i != 3; ++i) {
        auto lease = acquire();
        const auto until = steward::clock::now() + 100us;
        while (steward::clock::now() < until) {}
    }
    const auto held = counted().hold_time;
    EXPECT_EQ(held.count, 3U);
    EXPECT_GE(held.total, 300us);
    EXPECT_GE(held.max, 100us);
    EXPECT_GE(held.average(), 100us);
    EXPECT_EQ(counted().acquisitions, 3U);
}

TEST_F(metrics_timed, measures_what_had_to_create_or_to_wait)
{
    log.while_creating = [] {
        const auto until = steward::clock::now() + 100us;
        while (steward::clock::now() < until) {}
    };
    acquire().release();
    acquire().release();
    EXPECT_EQ(counted().acquire_time.count, 1U);
    EXPECT_GE(counted().acquire_time.max, 100us);
}

TEST_F(metrics_sampled, measures_every_nth_hold)
{
    for (int i = 0; i != 9; ++i)
        acquire().release();
    EXPECT_EQ(counted().acquisitions, 9U);
    EXPECT_EQ(counted().hold_time.count, 3U);
}

TEST(metrics_summary, of_nothing_has_an_average_of_zero) { EXPECT_EQ(steward::duration_summary{}.average(), 0ns); }

TEST(metrics_summary, merges)
{
    steward::duration_summary sum{.count = 1, .total = 4ns, .max = 4ns};
    sum.merge({.count = 3, .total = 4ns, .max = 2ns});
    EXPECT_EQ(sum.count, 4U);
    EXPECT_EQ(sum.average(), 2ns);
    EXPECT_EQ(sum.max, 4ns);
}

TEST(metrics_of_all_policies, agree)
{
    session_log log;
    const auto use = [&]<class Metrics>(std::type_identity<Metrics>) {
        using sessions = steward::resource<"sessions", session_adapter, steward::pooling::bounded<0, 1>, Metrics>;
        steward::manager<sessions> manager{sessions::with(session_adapter::settings{log})};
        auto held = manager.template acquire<"sessions">();
        EXPECT_FALSE(manager.template try_acquire<"sessions">(0ms));
        log.create_throws = true;
        held.discard();
        EXPECT_FALSE(manager.template try_acquire<"sessions">(0ms));
        log.create_throws = false;
        const auto result = manager.template metrics<"sessions">();
        EXPECT_EQ(result.acquisitions, 1U);
        EXPECT_EQ(result.releases, 1U);
        EXPECT_EQ(result.timeouts, 1U);
        EXPECT_EQ(result.failures, 1U);
        EXPECT_EQ(result.creations, 1U);
        EXPECT_EQ(result.retirements, 1U);
    };
    use(std::type_identity<steward::metrics::counters>{});
    use(std::type_identity<steward::metrics::timed>{});
    use(std::type_identity<steward::metrics::sampled<7>>{});
}

using metrics_peak = metrics_policy<steward::metrics::all<steward::metrics::counters, steward::metrics::peak>>;

TEST_F(metrics_peak, knows_the_most_leases_at_once)
{
    using several = steward::resource<"sessions", session_adapter, steward::pooling::bounded<0, 8>,
                                      steward::metrics::all<steward::metrics::counters, steward::metrics::peak>>;
    steward::manager<several> pool{several::with(session_adapter::settings{log})};
    for (const int at_once : {2, 5, 3}) {
        std::vector<decltype(pool.acquire<"sessions">())> leases;
        for (int i = 0; i != at_once; ++i)
            leases.push_back(pool.acquire<"sessions">());
    }
    EXPECT_EQ(pool.metrics<"sessions">().peak, 5U);
    EXPECT_EQ(pool.metrics<"sessions">().acquisitions, 10U);
}

TEST_F(metrics_peak, never_exceeds_what_there_is)
{
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t != 4; ++t)
            threads.emplace_back([this] {
                for (int i = 0; i != 1'000; ++i)
                    static_cast<void>(*acquire());
            });
    }
    EXPECT_EQ(counted().peak, 1U) << "of one session";
}

} // namespace
