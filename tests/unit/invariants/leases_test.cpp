// SPDX-License-Identifier: BSL-1.0
#include "pools_that_differ.hpp"

#include <utility>

using namespace steward::test;

namespace {

// 11. Releasing twice, or what is not held, changes nothing. A moved-from lease holds nothing.
template <class B>
class invariant_11 : public pool_fixture<B> {
public:
    static void expect_active_and_available(auto& manager, std::size_t active, std::size_t available)
    {
        const auto seen = manager.template status<"sessions">();
        EXPECT_EQ(seen.active, active);
        EXPECT_EQ(seen.available, available);
    }
    static void expect_nothing_in(auto& lease)
    {
        EXPECT_FALSE(lease);
        EXPECT_EQ(lease.get(), nullptr);
        lease.release();
        lease.discard();
    }
};
TYPED_TEST_SUITE(invariant_11, pools_that_differ, policy_names);

TYPED_TEST(invariant_11, releasing_a_lease_twice_changes_nothing)
{
    auto manager = this->make();
    const auto other = manager.template acquire<"sessions">();
    auto lease = manager.template acquire<"sessions">();
    lease.release();
    this->expect_nothing_in(lease);
    this->expect_active_and_available(manager, 1, 1);
    EXPECT_EQ(manager.template metrics<"sessions">().releases, 1U);
    EXPECT_EQ(this->log.destroyed, 0);
}

TYPED_TEST(invariant_11, releasing_after_discarding_changes_nothing)
{
    auto manager = this->make();
    auto lease = manager.template acquire<"sessions">();
    lease.discard();
    this->expect_nothing_in(lease);
    EXPECT_EQ(this->log.destroyed, 1);
    EXPECT_EQ(manager.template metrics<"sessions">().releases, 1U);
}

TYPED_TEST(invariant_11, releasing_what_an_owner_does_not_hold_changes_nothing)
{
    auto manager = this->make();
    const auto other = manager.template acquire<"sessions">();
    auto owner = manager.owner("load", 1);
    owner.template release<"sessions">();
    owner.release_all();
    owner.template acquire<"sessions">();
    owner.template release<"sessions">();
    owner.template release<"sessions">();
    owner.release_all();
    EXPECT_FALSE(owner.template has<"sessions">());
    this->expect_active_and_available(manager, 1, 1);
    EXPECT_EQ(manager.template metrics<"sessions">().releases, 1U);
}

TYPED_TEST(invariant_11, a_lease_that_never_held_anything_holds_nothing)
{
    typename TestFixture::manager_type::template lease_type<"sessions"> lease;
    this->expect_nothing_in(lease);
}

TYPED_TEST(invariant_11, a_lease_that_was_moved_from_holds_nothing)
{
    auto manager = this->make();
    auto lease = manager.template acquire<"sessions">();
    auto constructed = std::move(lease);
    this->expect_nothing_in(lease); // NOLINT(bugprone-use-after-move): that is what this is about
    decltype(lease) assigned;
    assigned = std::move(constructed);
    this->expect_nothing_in(constructed); // NOLINT(bugprone-use-after-move)
    EXPECT_EQ(assigned->number, 1);
    this->expect_active_and_available(manager, 1, 0);
}

TYPED_TEST(invariant_11, a_lease_that_is_assigned_another_gives_back_its_own_once)
{
    auto manager = this->make();
    auto lease = manager.template acquire<"sessions">();
    auto other = manager.template acquire<"sessions">();
    lease = std::move(other);
    EXPECT_EQ(lease->number, 2);
    this->expect_active_and_available(manager, 1, 1);
    auto& same = lease;
    lease = std::move(same);
    EXPECT_EQ(lease->number, 2);
    this->expect_active_and_available(manager, 1, 1);
}

// 12. A resource that is false, null or zero is a resource.
template <class Pooling>
class invariant_12 : public testing::Test {
public:
    template <class T>
    static void expect_a_resource(T nothing)
    {
        using thing = steward::resource<"thing", steward::adapters::factory<T>, Pooling, steward::metrics::counters>;
        steward::manager<thing> manager{thing::with([=] { return nothing; })};
        {
            const auto lease = manager.template acquire<"thing">();
            EXPECT_TRUE(lease);
            ASSERT_NE(lease.get(), nullptr);
            EXPECT_EQ(*lease, nothing);
            EXPECT_EQ(manager.template status<"thing">().size, 1U);
            EXPECT_EQ(manager.template status<"thing">().active, 1U);
        }
        auto owner = manager.owner("load", 1);
        EXPECT_EQ(owner.template acquire<"thing">(), nothing);
        EXPECT_TRUE(owner.template has<"thing">());
        EXPECT_NE(owner.template get<"thing">(), nullptr);
        const auto held = owner.template acquire_all<steward::needs<steward::optional("thing")>>();
        EXPECT_NE(held.template find<"thing">(), nullptr);
        EXPECT_EQ(manager.template metrics<"thing">().acquisitions, 2U);
        EXPECT_EQ(manager.template metrics<"thing">().create_failures, 0U);
    }
};
using poolings = testing::Types<steward::pooling::bounded<0, 4>, steward::pooling::shared, steward::pooling::transient>;
TYPED_TEST_SUITE(invariant_12, poolings);

TYPED_TEST(invariant_12, a_resource_that_is_false_is_a_resource) { this->expect_a_resource(false); }
TYPED_TEST(invariant_12, a_resource_that_is_null_is_a_resource) { this->expect_a_resource(static_cast<int*>(nullptr)); }
TYPED_TEST(invariant_12, a_resource_that_is_zero_is_a_resource) { this->expect_a_resource(0); }

} // namespace
