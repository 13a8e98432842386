// SPDX-License-Identifier: BSL-1.0
#include "support/lockings.hpp"

using namespace steward::test;

namespace {

/// All resources that there are give way to others.
template <class B>
class refresh : public pool_fixture<B> {};
TYPED_TEST_SUITE(refresh, on_any_threads, policy_names);

TYPED_TEST(refresh, retires_what_is_free_at_once)
{
    auto manager = this->make();
    {
        auto a = manager.template acquire<"sessions">();
        auto b = manager.template acquire<"sessions">();
    }
    manager.template refresh<"sessions">();
    EXPECT_EQ(this->log.destroyed, 2);
    EXPECT_EQ(manager.template status<"sessions">().size, 0U);
    EXPECT_EQ(manager.template acquire<"sessions">()->number, 3);
}

TYPED_TEST(refresh, retires_what_rests)
{
    auto manager = this->make({.min_size = 2});
    const auto start = steward::clock::now() + 1s;
    manager.maintain(start);
    manager.maintain(start + 1s);
    manager.template refresh<"sessions">();
    EXPECT_EQ(this->log.live(), 0);
    manager.maintain(start + 2s);
    EXPECT_EQ(manager.template status<"sessions">().available, 2U) << "min_size holds of the new ones";
}

TYPED_TEST(refresh, retires_what_is_lent_as_it_comes_back)
{
    auto manager = this->make();
    auto lease = manager.template acquire<"sessions">();
    manager.template refresh<"sessions">();
    EXPECT_EQ(this->log.destroyed, 0);
    EXPECT_EQ(lease->number, 1);
    lease.release();
    EXPECT_EQ(this->log.destroyed, 1);
    EXPECT_EQ(manager.template metrics<"sessions">().retired_because(steward::retirement::refreshed), 1U);
}

TYPED_TEST(refresh, leaves_what_is_made_afterwards_alone)
{
    auto manager = this->make();
    manager.template refresh<"sessions">();
    manager.template acquire<"sessions">().release();
    EXPECT_EQ(manager.template acquire<"sessions">()->number, 1);
}

TYPED_TEST(refresh, retires_what_was_being_created_meanwhile)
{
    auto manager = this->make();
    this->log.while_creating = [&] {
        this->log.while_creating = nullptr;
        manager.template refresh<"sessions">();
    };
    manager.template acquire<"sessions">().release();
    EXPECT_EQ(manager.template acquire<"sessions">()->number, 2);
}

TYPED_TEST(refresh, may_be_repeated)
{
    auto manager = this->make();
    for (int i = 1; i != 5; ++i) {
        EXPECT_EQ(manager.template acquire<"sessions">()->number, i);
        manager.template refresh<"sessions">();
        manager.template refresh<"sessions">();
    }
}

TYPED_TEST(refresh, reaches_what_is_suspended)
{
    auto manager = this->make();
    manager.template acquire<"sessions">().release();
    manager.template suspend<"sessions">();
    manager.template refresh<"sessions">();
    manager.template resume<"sessions">();
    EXPECT_EQ(manager.template acquire<"sessions">()->number, 2);
    EXPECT_EQ(this->log.destroyed, 1);
}

TYPED_TEST(refresh, of_a_closed_resource_changes_nothing)
{
    auto manager = this->make();
    manager.close();
    manager.template refresh<"sessions">();
    EXPECT_EQ(code_of(manager.template try_acquire<"sessions">()), steward::errc::closed);
}

TYPED_TEST(refresh, of_a_shared_resource_waits_for_its_holders_and_serves_others_with_a_new_one)
{
    using files = steward::resource<"files", session_adapter, typename TypeParam::locking, steward::pooling::shared>;
    steward::manager<files> manager{files::with(session_adapter::settings{this->log})};
    auto lease = manager.template acquire<"files">();
    manager.template refresh<"files">();
    EXPECT_EQ(this->log.destroyed, 0);
    EXPECT_EQ(lease->number, 1);
    lease.release();
    EXPECT_EQ(this->log.destroyed, 1);
    EXPECT_EQ(manager.template acquire<"files">()->number, 2);
    manager.template refresh<"files">();
    EXPECT_EQ(this->log.destroyed, 2);
}

} // namespace
