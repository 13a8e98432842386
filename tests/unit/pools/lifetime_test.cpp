// SPDX-License-Identifier: BSL-1.0
#include "support/pool_fixture.hpp"

#include <set>

using namespace steward::test;

namespace {

/// Time is what `maintain(now)` says.
template <class B>
class pool_lifetime : public pool_fixture<B> {
public:
    const steward::time_point start = steward::clock::now() + 1s; // not before the manager's own start
};
TYPED_TEST_SUITE(pool_lifetime, on_any_threads, policy_names);

TYPED_TEST(pool_lifetime, over_while_idle_ends_at_the_next_maintenance)
{
    auto manager = this->make({.idle_timeout = 0s, .max_lifetime = 100s});
    manager.maintain(this->start);
    manager.template acquire<"sessions">().release();
    manager.maintain(this->start + 89s);
    EXPECT_EQ(this->log.destroyed, 0) << "at most a tenth is taken off";
    manager.maintain(this->start + 100s);
    EXPECT_EQ(this->log.destroyed, 1);
    EXPECT_EQ(manager.template status<"sessions">().size, 0U);
}

TYPED_TEST(pool_lifetime, over_while_lent_ends_at_the_return)
{
    auto manager = this->make({.max_lifetime = 100s});
    manager.maintain(this->start);
    auto lease = manager.template acquire<"sessions">();
    manager.maintain(this->start + 1000s);
    EXPECT_EQ(this->log.destroyed, 0) << "what is lent is never closed";
    EXPECT_EQ(lease->number, 1);
    lease.release();
    EXPECT_EQ(this->log.destroyed, 1);
    EXPECT_EQ(manager.template acquire<"sessions">()->number, 2);
}

TYPED_TEST(pool_lifetime, of_zero_never_ends)
{
    auto manager = this->make({.idle_timeout = 0s, .max_lifetime = 0s});
    manager.maintain(this->start);
    manager.template acquire<"sessions">().release();
    manager.maintain(this->start + 1'000'000s);
    manager.maintain(this->start + 2'000'000s);
    EXPECT_EQ(this->log.destroyed, 0);
}

TYPED_TEST(pool_lifetime, is_drawn_once_for_each_resource)
{
    auto manager = this->make({.idle_timeout = 0s, .max_lifetime = 1000s});
    manager.maintain(this->start);
    manager.template acquire<"sessions">().release();
    for (int i = 0; i != 500; ++i) // if each look drew anew, some would draw an end that has passed
        manager.maintain(this->start + 899s);
    EXPECT_EQ(this->log.destroyed, 0);
}

TYPED_TEST(pool_lifetime, starts_anew_with_a_replacement)
{
    auto manager = this->make({.idle_timeout = 0s, .max_lifetime = 100s});
    manager.maintain(this->start);
    manager.template acquire<"sessions">().release();
    manager.maintain(this->start + 100s);
    manager.template acquire<"sessions">().release();
    manager.maintain(this->start + 189s);
    EXPECT_EQ(this->log.destroyed, 1);
    manager.maintain(this->start + 200s);
    EXPECT_EQ(this->log.destroyed, 2);
}

TYPED_TEST(pool_lifetime, is_not_changed_by_a_time_that_goes_back)
{
    auto manager = this->make({.idle_timeout = 0s, .max_lifetime = 100s});
    manager.maintain(this->start + 1000s);
    manager.template acquire<"sessions">().release();
    manager.maintain(this->start);
    manager.maintain(this->start + 1089s);
    EXPECT_EQ(this->log.destroyed, 0);
}

TYPED_TEST(pool_lifetime, of_an_idle_resource_ends_with_its_idle_timeout)
{
    auto manager = this->make({.idle_timeout = 10s, .max_lifetime = 0s});
    manager.maintain(this->start);
    manager.template acquire<"sessions">().release();
    manager.maintain(this->start + 1s);
    manager.maintain(this->start + 9s);
    EXPECT_EQ(this->log.destroyed, 0);
    manager.maintain(this->start + 11s);
    EXPECT_EQ(this->log.destroyed, 1);
}

TYPED_TEST(pool_lifetime, of_a_resource_that_is_used_does_not_end_with_its_idle_timeout)
{
    auto manager = this->make({.idle_timeout = 10s, .max_lifetime = 0s});
    for (int i = 0; i != 10; ++i) {
        manager.maintain(this->start + std::chrono::seconds{6 * i});
        manager.template acquire<"sessions">().release();
    }
    EXPECT_EQ(this->log.created, 1);
    EXPECT_EQ(this->log.destroyed, 0);
}

TYPED_TEST(pool_lifetime, idle_timeout_leaves_min_size)
{
    auto manager = this->make({.min_size = 2, .idle_timeout = 10s, .max_lifetime = 0s});
    {
        auto a = manager.template acquire<"sessions">();
        auto b = manager.template acquire<"sessions">();
        auto c = manager.template acquire<"sessions">();
        auto d = manager.template acquire<"sessions">();
    }
    manager.maintain(this->start);
    manager.maintain(this->start + 100s);
    EXPECT_EQ(manager.template status<"sessions">().size, 2U);
    EXPECT_EQ(this->log.created, 4) << "the two that stay are not replaced";
}

TYPED_TEST(pool_lifetime, what_stays_for_min_size_is_validated_however_long_it_rests)
{
    auto manager = this->make({.min_size = 1, .idle_timeout = 10s, .max_lifetime = 0s, .keepalive = 5s});
    manager.maintain(this->start);
    manager.maintain(this->start + 1s);
    manager.maintain(this->start + 20s);
    EXPECT_EQ(this->log.validated, 1);
    manager.maintain(this->start + 26s);
    EXPECT_EQ(this->log.validated, 2);
    EXPECT_EQ(this->log.created, 1);
}

TYPED_TEST(pool_lifetime, idle_timeout_of_zero_means_never)
{
    auto manager = this->make({.idle_timeout = 0s, .max_lifetime = 0s});
    manager.template acquire<"sessions">().release();
    manager.maintain(this->start);
    manager.maintain(this->start + 1'000'000s);
    EXPECT_EQ(this->log.destroyed, 0);
}

TYPED_TEST(pool_lifetime, maintenance_fills_up_to_min_size)
{
    auto manager = this->make({.min_size = 3});
    manager.maintain(this->start);
    EXPECT_EQ(manager.template status<"sessions">().available, 3U);
    manager.template acquire<"sessions">().discard();
    EXPECT_EQ(manager.template status<"sessions">().size, 2U);
    manager.maintain(this->start);
    EXPECT_EQ(manager.template status<"sessions">().size, 3U);
}

TYPED_TEST(pool_lifetime, maintenance_counts_what_is_lent_into_min_size)
{
    auto manager = this->make({.min_size = 2});
    auto a = manager.template acquire<"sessions">();
    auto b = manager.template acquire<"sessions">();
    manager.maintain(this->start);
    EXPECT_EQ(manager.template status<"sessions">().size, 2U);
}

TYPED_TEST(pool_lifetime, a_min_size_that_cannot_be_reached_shows_and_is_tried_again)
{
    auto manager = this->template make_with<steward::health::on_borrow<>>({.min_size = 2});
    this->log.create_throws = true;
    manager.maintain(this->start);
    EXPECT_EQ(manager.template health<"sessions">(), steward::resource_health::unhealthy);
    EXPECT_EQ(manager.template status<"sessions">().state, steward::resource_state::error);
    EXPECT_EQ(manager.template metrics<"sessions">().size, 0U);
    this->log.create_throws = false;
    manager.maintain(this->start + 1s);
    EXPECT_EQ(manager.template health<"sessions">(), steward::resource_health::healthy);
    EXPECT_EQ(manager.template metrics<"sessions">().size, 2U);
}

TYPED_TEST(pool_lifetime, maintenance_counts_no_lease)
{
    auto manager = this->make({.min_size = 2, .idle_timeout = 1s});
    manager.maintain(this->start);
    manager.maintain(this->start + 10s);
    const auto counts = manager.template metrics<"sessions">();
    EXPECT_EQ(counts.acquisitions + counts.releases + counts.failures + counts.timeouts, 0U);
}

TYPED_TEST(pool_lifetime, what_rested_is_lent_again_rather_than_creating)
{
    auto manager = this->make();
    manager.template acquire<"sessions">().release();
    manager.maintain(this->start);
    manager.maintain(this->start + 1s);
    EXPECT_EQ(manager.template status<"sessions">().available, 1U);
    EXPECT_TRUE(manager.template try_acquire<"sessions">(0ms));
    EXPECT_EQ(this->log.created, 1);
}

TYPED_TEST(pool_lifetime, ends_spread_over_a_tenth)
{
    auto manager = this->make({.min_size = 4, .idle_timeout = 0s, .max_lifetime = 100'000s});
    manager.maintain(this->start);
    std::set<int> left;
    manager.template resize<"sessions">({.min_size = 0});
    for (int i = 0; i <= 1'000; ++i) {
        manager.maintain(this->start + 90'000s + std::chrono::seconds{10 * i});
        left.insert(this->log.live());
    }
    EXPECT_EQ(this->log.live(), 0);
    EXPECT_GT(left.size(), 2U) << "four resources that were created together went together";
}

TYPED_TEST(pool_lifetime, ends_at_the_return_of_what_was_lent_while_the_housekeeper_was_at_work)
{
    auto manager = this->make({.max_lifetime = 10min});
    auto lent = manager.template acquire<"sessions">();
    manager.template acquire<"sessions">().release();
    this->log.while_destroying = [&] { lent.release(); };
    manager.maintain(steward::clock::now() + 1h);
    EXPECT_EQ(this->log.destroyed, 2) << "it would be lent again until the housekeeper is done";
}

TYPED_TEST(pool_lifetime, may_be_as_long_as_a_duration_can_say)
{
    auto manager = this->make({.max_lifetime = steward::duration::max()});
    const auto in_a_century = steward::clock::now() + std::chrono::years{100};
    manager.maintain(in_a_century);
    manager.template acquire<"sessions">().release();
    manager.maintain(in_a_century);
    EXPECT_EQ(this->log.destroyed, 0);
}

} // namespace
