// SPDX-License-Identifier: BSL-1.0
#include "three_resources.hpp"

#include <string>
#include <vector>

using namespace steward::test;
using steward::errc;
using steward::retirement;

namespace {

// 29. Releasing everything of an owner continues past a failing release, and reports it.
class invariant_29 : public three_resources<steward::pooling::bounded<0, 4>> {
public:
    void expect_the_failure_is_known()
    {
        EXPECT_EQ(active(), 0U);
        EXPECT_EQ(manager.metrics<"first">().releases, 1U);
        EXPECT_EQ(manager.metrics<"third">().releases, 1U);
        EXPECT_EQ(manager.metrics<"first">().retirements + manager.metrics<"third">().retirements, 0U);
        EXPECT_EQ(manager.metrics<"second">().retired_because(retirement::reset_failed), 1U);
    }
    static void acquire_everything(auto& owner)
    {
        owner.template acquire<"first">();
        owner.template acquire<"second">();
        owner.template acquire<"third">();
    }
};

TEST_F(invariant_29, releasing_everything_of_an_owner_continues_past_a_failing_release)
{
    auto owner = manager.owner("load", 1);
    acquire_everything(owner);
    second.reset_throws = true;
    owner.release_all();
    EXPECT_FALSE(owner.has<"first">() || owner.has<"second">() || owner.has<"third">());
    expect_the_failure_is_known();
}

TEST_F(invariant_29, the_end_of_an_owner_continues_past_a_failing_release)
{
    {
        auto owner = manager.owner("load", 1);
        acquire_everything(owner);
        second.reset_throws = true;
    }
    expect_the_failure_is_known();
}

TEST_F(invariant_29, the_end_of_a_scope_continues_past_a_failing_release)
{
    auto owner = manager.owner("load", 1);
    {
        const auto scope = owner.acquire_all<steward::needs<"first", "second", "third">>();
        second.reset_throws = true;
    }
    expect_the_failure_is_known();
}

TEST_F(invariant_29, a_release_that_fails_to_destroy_is_reported_with_its_cause)
{
    auto owner = manager.owner("load", 1);
    acquire_everything(owner);
    second.destroy_throws = true;
    manager.close();
    owner.release_all();
    const auto report = manager.cleanup();
    EXPECT_TRUE(report.complete());
    ASSERT_EQ(report.failed.size(), 1U);
    EXPECT_EQ(report.failed[0].resource, "second");
    EXPECT_EQ(report.failed[0].what, "destroy failed");
    EXPECT_EQ(first.destroyed + second.destroyed + third.destroyed, 3);
}

std::vector<std::string> told;
void note(const steward::resource_event& event)
{
    told.push_back(
        std::string{event.resource}.append(": ").append(to_string(event.what)).append(": ").append(event.details));
}

TEST(invariant_29_observed, a_failing_release_is_reported_to_the_observer)
{
    using first = steward::resource<"first", session_adapter, steward::metrics::observer<&note>>;
    using second = steward::resource<"second", session_adapter, steward::metrics::observer<&note>>;
    session_log log, log_of_second;
    steward::manager<first, second> manager{first::with(session_adapter::settings{log}),
                                            second::with(session_adapter::settings{log_of_second})};
    auto owner = manager.owner("load", 1);
    owner.acquire<"first">();
    owner.acquire<"second">();
    log_of_second.reset_throws = log_of_second.destroy_throws = true;
    told.clear();
    owner.release_all();
    EXPECT_EQ(told,
              (std::vector<std::string>{"second: destroy failed: destroy failed", "second: retired: reset failed"}));
    EXPECT_EQ(manager.status<"first">().active, 0U);
}

// 31. When a resource is unregistered or its manager closed, no owner is left with a stale object.
template <class Pooling>
class invariant_31 : public three_resources<Pooling> {
public:
    /// After that the owner's session is no other's and no ghost: it lives until he gives it back, and then it is gone.
    void expect_no_stale_object(auto end)
    {
        auto owner = this->manager.owner("load", 1);
        session* const held = &owner.template acquire<"first">();
        end();
        EXPECT_EQ(this->first.destroyed, 0) << "he may still use it";
        EXPECT_EQ(owner.template get<"first">(), held);
        EXPECT_EQ(&owner.template acquire<"first">(), held) << "it is his";
        EXPECT_EQ(held->number, 1);
        owner.template release<"first">();
        EXPECT_EQ(this->first.destroyed, 1);
        EXPECT_FALSE(owner.template has<"first">());
        EXPECT_EQ(owner.template get<"first">(), nullptr);
        EXPECT_EQ(code_of(owner.template try_acquire<"first">()), errc::closed);
        EXPECT_THROW(static_cast<void>(owner.template acquire_all<steward::needs<"first">>()), steward::resource_error);
        const auto nothing = owner.template acquire_all<steward::needs<steward::optional("first")>>();
        EXPECT_EQ(nothing.template find<"first">(), nullptr);
    }
};
TYPED_TEST_SUITE(invariant_31, each_pooling);

TYPED_TEST(invariant_31, when_a_resource_is_closed_no_owner_is_left_with_a_stale_object)
{
    this->expect_no_stale_object([this] { this->manager.template close<"first">(); });
    EXPECT_TRUE(this->manager.template try_acquire<"second">()) << "the others go on";
}

TYPED_TEST(invariant_31, when_its_manager_is_closed_no_owner_is_left_with_a_stale_object)
{
    this->expect_no_stale_object([this] { this->manager.close(); });
}

TYPED_TEST(invariant_31, when_its_manager_is_cleaned_up_no_owner_is_left_with_a_stale_object)
{
    this->expect_no_stale_object([this] { EXPECT_FALSE(this->manager.cleanup(0ms).complete()); });
}

TYPED_TEST(invariant_31, when_a_resource_is_opened_again_no_owner_is_left_with_an_object_of_before)
{
    auto owner = this->manager.owner("load", 1);
    owner.template acquire<"first">();
    this->manager.template close<"first">();
    owner.release_all();
    session_log log;
    this->manager.template reopen<"first">(session_adapter::settings{log});
    owner.template acquire<"first">();
    EXPECT_EQ(log.created, 1) << "it is one of the new adapter's";
    EXPECT_EQ(this->first.live(), 0);
    this->manager.template close<"first">();
    owner.release_all();
    EXPECT_EQ(log.live(), 0);
}

TYPED_TEST(invariant_31, a_scope_keeps_its_object_until_its_end_when_the_manager_is_closed)
{
    auto owner = this->manager.owner("load", 1);
    {
        const auto scope = owner.template acquire_all<steward::needs<"first">>();
        this->manager.close();
        EXPECT_EQ(this->first.destroyed, 0);
        EXPECT_EQ(scope.template get<"first">().number, 1);
    }
    EXPECT_EQ(this->first.destroyed, 1);
    EXPECT_EQ(owner.template get<"first">(), nullptr);
}

} // namespace
