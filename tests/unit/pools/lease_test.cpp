// SPDX-License-Identifier: BSL-1.0
#include "support/pool_fixture.hpp"

#include <utility>

using namespace steward::test;

namespace {

template <class B>
using pool_lease = pool_fixture<B>;
TYPED_TEST_SUITE(pool_lease, on_any_threads, policy_names);

TYPED_TEST(pool_lease, gives_back_at_the_end_of_its_scope)
{
    auto manager = this->make();
    {
        auto lease = manager.template acquire<"sessions">();
        EXPECT_EQ(manager.template status<"sessions">().active, 1U);
    }
    EXPECT_EQ(manager.template status<"sessions">().active, 0U);
    EXPECT_EQ(manager.template status<"sessions">().available, 1U);
}

TYPED_TEST(pool_lease, gives_back_when_an_exception_leaves_its_scope)
{
    auto manager = this->make();
    const auto use = [&] {
        auto lease = manager.template acquire<"sessions">();
        throw std::runtime_error{"the holder failed"};
    };
    EXPECT_THROW(use(), std::runtime_error);
    EXPECT_EQ(manager.template status<"sessions">().active, 0U);
    EXPECT_EQ(this->log.resets, 1);
}

TYPED_TEST(pool_lease, released_twice_gives_back_once)
{
    auto manager = this->make();
    auto lease = manager.template acquire<"sessions">();
    lease.release();
    lease.release();
    lease.discard();
    EXPECT_FALSE(lease);
    EXPECT_EQ(lease.get(), nullptr);
    EXPECT_EQ(this->log.resets, 1);
    EXPECT_EQ(manager.template status<"sessions">().available, 1U);
}

TYPED_TEST(pool_lease, moved_from_holds_nothing)
{
    auto manager = this->make();
    auto from = manager.template acquire<"sessions">();
    const int number = from->number;
    auto to = std::move(from);
    EXPECT_FALSE(from); // NOLINT: that is the test
    from.release();
    EXPECT_EQ(to->number, number);
    EXPECT_EQ(manager.template status<"sessions">().active, 1U);
}

TYPED_TEST(pool_lease, assigned_over_another_gives_the_other_back)
{
    auto manager = this->make();
    auto first = manager.template acquire<"sessions">();
    auto second = manager.template acquire<"sessions">();
    const int kept = second->number;
    first = std::move(second);
    EXPECT_EQ(first->number, kept);
    EXPECT_EQ(manager.template status<"sessions">().active, 1U);
    EXPECT_EQ(manager.template status<"sessions">().available, 1U);
}

TYPED_TEST(pool_lease, assigned_to_itself_stays)
{
    auto manager = this->make();
    auto lease = manager.template acquire<"sessions">();
    auto& same = lease;
    lease = std::move(same);
    EXPECT_TRUE(lease);
    EXPECT_EQ(manager.template status<"sessions">().active, 1U);
}

TYPED_TEST(pool_lease, made_of_nothing_holds_nothing)
{
    typename pool_fixture<TypeParam>::manager_type::template lease_type<"sessions"> lease;
    EXPECT_FALSE(lease);
    lease.release();
}

TYPED_TEST(pool_lease, discarded_has_its_resource_destroyed_not_returned)
{
    auto manager = this->make();
    auto lease = manager.template acquire<"sessions">();
    lease.discard();
    EXPECT_FALSE(lease);
    EXPECT_EQ(this->log.destroyed, 1);
    EXPECT_EQ(this->log.resets, 0);
    EXPECT_EQ(manager.template status<"sessions">().size, 0U);
    EXPECT_EQ(manager.template acquire<"sessions">()->number, 2);
}

TYPED_TEST(pool_lease, released_and_acquired_a_thousand_times_loses_no_slot)
{
    auto manager = this->make({.max_size = 2});
    for (int i = 0; i != 1'000; ++i) {
        auto first = manager.template acquire<"sessions">(0ms);
        auto second = manager.template acquire<"sessions">(0ms);
        if (i % 3 == 0)
            first.discard();
    }
    const auto status = manager.template status<"sessions">();
    EXPECT_EQ(status.active, 0U);
    EXPECT_LE(status.size, 2U);
}

} // namespace
