// SPDX-License-Identifier: BSL-1.0
#include "pools_that_differ.hpp"

#include <vector>

using namespace steward::test;
using steward::retirement;

namespace {

// 17. The max_lifetime of a busy resource is enforced at its return; its jitter is drawn once for each resource, not at
// each look (pgx #2560, #1437).
template <class B>
class invariant_17 : public pool_fixture<B> {};
TYPED_TEST_SUITE(invariant_17, pools_that_differ, policy_names);

TYPED_TEST(invariant_17, the_max_lifetime_of_a_busy_resource_is_enforced_at_its_return)
{
    auto manager = this->make({.max_lifetime = 100s});
    auto lease = manager.template acquire<"sessions">();
    for (int i = 1; i != 4; ++i)
        manager.maintain(steward::clock::now() + i * 1000s);
    EXPECT_EQ(this->log.destroyed, 0) << "its holder uses it";
    EXPECT_EQ(lease->number, 1);
    lease.release();
    EXPECT_EQ(this->log.destroyed, 1);
    EXPECT_EQ(manager.template metrics<"sessions">().retired_because(retirement::expired), 1U);
    EXPECT_EQ(manager.template acquire<"sessions">()->number, 2);
}

TYPED_TEST(invariant_17, a_busy_resource_that_is_not_too_old_stays)
{
    auto manager = this->make({.idle_timeout = 0s, .max_lifetime = 1000s});
    auto lease = manager.template acquire<"sessions">();
    manager.maintain(steward::clock::now() + 800s);
    lease.release();
    EXPECT_EQ(manager.template acquire<"sessions">()->number, 1);
}

TYPED_TEST(invariant_17, using_a_resource_does_not_prolong_its_life)
{
    auto manager = this->make({.idle_timeout = 0s, .max_lifetime = 1000s});
    const auto start = steward::clock::now();
    manager.template acquire<"sessions">().release();
    for (int i = 1; i != 11; ++i) {
        manager.maintain(start + i * 101s);
        manager.template acquire<"sessions">().release();
    }
    EXPECT_EQ(this->log.created, 2);
}

/// Many sessions that were created in one moment and live for a thousand seconds, less their own share of a tenth.
template <class Locking>
class invariant_17_jitter : public testing::Test {
public:
    static constexpr std::size_t many = 64;
    using sessions = steward::resource<"sessions", session_adapter, Locking, steward::pooling::arena<many>,
                                       steward::metrics::counters>;
    using lease_type = typename steward::manager<sessions>::template lease_type<"sessions">;

    session_log log;
    steward::time_point start = steward::clock::now() + 1h;
    steward::manager<sessions> manager{
        sessions::with(session_adapter::settings{log}, {.idle_timeout = 0s, .max_lifetime = 1000s}),
        steward::manual_housekeeping};
    std::vector<lease_type> leases;

    void SetUp() override
    {
        manager.maintain(start);
        for (std::size_t i = 0; i != many; ++i)
            leases.push_back(manager.template acquire<"sessions">());
    }
};
using lockings = testing::Types<steward::locking::mutex, steward::locking::lock_free>;
TYPED_TEST_SUITE(invariant_17_jitter, lockings);

TYPED_TEST(invariant_17_jitter, is_a_tenth_of_the_lifetime_at_most_and_never_prolongs_it)
{
    this->leases.clear();
    this->manager.maintain(this->start + 899s);
    EXPECT_EQ(this->log.destroyed, 0);
    this->manager.maintain(this->start + 1000s);
    EXPECT_EQ(this->log.live(), 0);
}

TYPED_TEST(invariant_17_jitter, is_drawn_once_for_each_resource_not_at_each_look)
{
    this->leases.clear();
    this->manager.maintain(this->start + 950s);
    const int left = this->log.live();
    EXPECT_GT(left, 0);
    EXPECT_LT(left, 64) << "they do not all go at once";
    for (int look = 0; look != 1000; ++look)
        this->manager.maintain(this->start + 950s);
    EXPECT_EQ(this->log.live(), left);
}

TYPED_TEST(invariant_17_jitter, is_drawn_once_for_each_resource_not_at_each_return)
{
    this->manager.maintain(this->start + 950s);
    this->leases.clear();
    const int left = this->log.live();
    EXPECT_GT(left, 0);
    EXPECT_LT(left, 64);
    for (int use = 0; use != 1000; ++use)
        this->manager.template acquire<"sessions">().release();
    EXPECT_EQ(this->log.live(), left);
    EXPECT_EQ(this->log.created, 64);
}

} // namespace
