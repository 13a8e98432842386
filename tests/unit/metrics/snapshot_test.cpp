// SPDX-License-Identifier: BSL-1.0
#include "support/pool_fixture.hpp"

#include <cstdint>
#include <thread>
#include <vector>

using namespace steward::test;
using steward::metrics_snapshot;

namespace snapshot_test {

template <class Pooling>
class consistency : public testing::Test {};
using poolings = testing::Types<steward::pooling::bounded<0, 3>, steward::pooling::arena<3>, steward::pooling::shared,
                                steward::pooling::transient>;
TYPED_TEST_SUITE(consistency, poolings);

TYPED_TEST(consistency, holds_at_rest)
{
    using sessions = steward::resource<"sessions", session_adapter, TypeParam, steward::metrics::counters>;
    session_log log;
    steward::manager<sessions> manager{sessions::with(session_adapter::settings{log})};
    auto a = manager.template acquire<"sessions">();
    auto b = manager.template acquire<"sessions">();
    manager.template acquire<"sessions">().release();
    const metrics_snapshot counted = manager.template metrics<"sessions">();
    EXPECT_EQ(counted.acquisitions, 3U);
    EXPECT_EQ(counted.acquisitions - counted.releases, counted.active);
    EXPECT_EQ(counted.active, 2U);
    EXPECT_EQ(counted.size, counted.creations - counted.retirements);
    EXPECT_EQ(manager.template status<"sessions">().totals->acquisitions, 3U);
}

TEST(consistency_while_others_work, holds_for_each_snapshot)
{
    using sessions =
        steward::resource<"sessions", session_adapter, steward::pooling::bounded<0, 3>, steward::metrics::counters>;
    session_log log;
    steward::manager<sessions> manager{sessions::with(session_adapter::settings{log})};
    std::atomic<bool> done{false};
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t != 2; ++t)
            threads.emplace_back([&, t] {
                for (int i = 0; i != 2'000; ++i) {
                    auto lease = manager.acquire<"sessions">();
                    if ((i + t) % 16 == 0)
                        lease.discard();
                }
                done = true;
            });
        while (!done) {
            const metrics_snapshot seen = manager.metrics<"sessions">();
            EXPECT_LE(seen.active, seen.size);
            EXPECT_LE(seen.active + seen.available, seen.size);
            EXPECT_LE(seen.size, 3U);
            EXPECT_LE(seen.releases, seen.acquisitions);
        }
    }
    const metrics_snapshot end = manager.metrics<"sessions">();
    EXPECT_EQ(end.acquisitions, 4'000U);
    EXPECT_EQ(end.releases, 4'000U);
}

TEST(metrics_snapshot, adds_up_in_every_field)
{
    metrics_snapshot one;
    std::uint64_t n = 1;
    for (auto member :
         {&metrics_snapshot::acquisitions, &metrics_snapshot::releases, &metrics_snapshot::failures,
          &metrics_snapshot::timeouts, &metrics_snapshot::creations, &metrics_snapshot::create_failures,
          &metrics_snapshot::validation_failures, &metrics_snapshot::retirements, &metrics_snapshot::peak})
        one.*member = n++;
    one.active = 20, one.size = 21, one.available = 22, one.waiting = 23;
    one.hold_time = {.count = 1, .total = 10ns, .max = 10ns};
    one.acquire_time = {.count = 2, .total = 20ns, .max = 15ns};
    one.create_time = {.count = 3, .total = 30ns, .max = 20ns};
    one.last_acquired = one.last_released = one.last_failed = steward::time_point{5s};
    for (auto& each : one.failures_by)
        each = n++;
    for (auto& each : one.retired_by)
        each = n++;

    metrics_snapshot sum = one;
    sum.last_failed = steward::time_point{9s};
    sum.merge(one);
    EXPECT_EQ(sum.acquisitions, 2U);
    EXPECT_EQ(sum.releases, 4U);
    EXPECT_EQ(sum.failures, 6U);
    EXPECT_EQ(sum.timeouts, 8U);
    EXPECT_EQ(sum.creations, 10U);
    EXPECT_EQ(sum.create_failures, 12U);
    EXPECT_EQ(sum.validation_failures, 14U);
    EXPECT_EQ(sum.retirements, 16U);
    EXPECT_EQ(sum.peak, 18U);
    EXPECT_EQ(sum.active, 40U);
    EXPECT_EQ(sum.size, 42U);
    EXPECT_EQ(sum.available, 44U);
    EXPECT_EQ(sum.waiting, 46U);
    EXPECT_EQ(sum.hold_time.total, 20ns);
    EXPECT_EQ(sum.acquire_time.count, 4U);
    EXPECT_EQ(sum.create_time.max, 20ns);
    EXPECT_EQ(sum.last_acquired, steward::time_point{5s});
    EXPECT_EQ(sum.last_failed, steward::time_point{9s});
    for (std::size_t i = 0; i != steward::error_codes; ++i)
        EXPECT_EQ(sum.failures_by[i], 2 * one.failures_by[i]);
    for (std::size_t i = 0; i != steward::retirement_reasons; ++i)
        EXPECT_EQ(sum.retired_by[i], 2 * one.retired_by[i]);
}

} // namespace snapshot_test
