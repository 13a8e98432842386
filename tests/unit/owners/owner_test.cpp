// SPDX-License-Identifier: BSL-1.0
#include "support/pool_fixture.hpp"

#include <string>
#include <vector>

using namespace steward::test;
using namespace steward::literals;
using steward::errc;

namespace {

using names = std::vector<std::string>;

/// Three resources, one of each kind of pool.
class owner : public testing::Test {
public:
    using pooled = steward::resource<"pooled", session_adapter, steward::pooling::bounded<0, 2>,
                                     steward::metrics::counters, steward::ownership::tracked>;
    using shared = steward::resource<"shared", session_adapter, steward::pooling::shared, steward::metrics::counters,
                                     steward::ownership::tracked>;
    using transient = steward::resource<"transient", session_adapter, steward::pooling::transient,
                                        steward::metrics::counters, steward::ownership::tracked>;
    using manager_type = steward::manager<pooled, shared, transient>;

    session_log log;
    manager_type manager{pooled::with(session_adapter::settings{log}), shared::with(session_adapter::settings{log}),
                         transient::with(session_adapter::settings{log})};

    template <steward::fixed_string Name>
    void expect_active(std::size_t number)
    {
        EXPECT_EQ(manager.template status<Name>().active, number) << Name.view();
    }
};

TEST_F(owner, gets_the_same_resource_again_and_it_counts_once)
{
    auto state = manager.owner("state", 1);
    EXPECT_EQ(&state.acquire<"pooled">(), &state.acquire<"pooled">());
    EXPECT_EQ(&state.acquire<"shared">(), &state.acquire("shared"_r));
    EXPECT_EQ(&state.acquire<"transient">(), *state.try_acquire<"transient">());
    EXPECT_EQ(manager.metrics<"pooled">().acquisitions, 1U);
    EXPECT_EQ(manager.metrics<"shared">().acquisitions, 1U);
    EXPECT_EQ(manager.metrics<"transient">().acquisitions, 1U);
}

TEST_F(owner, gives_back_by_one_release_however_often_it_acquired)
{
    auto state = manager.owner("state", 1);
    state.acquire<"pooled">();
    state.acquire<"pooled">();
    state.release<"pooled">();
    EXPECT_FALSE(state.has<"pooled">());
    EXPECT_EQ(state.get<"pooled">(), nullptr);
    expect_active<"pooled">(0);
}

TEST_F(owner, may_release_what_it_does_not_hold)
{
    auto state = manager.owner("state", 1);
    auto lease = manager.acquire<"pooled">();
    state.release<"pooled">();
    state.release("shared"_r);
    state.release_all();
    state.release_all();
    expect_active<"pooled">(1);
    EXPECT_EQ(log.resets, 0);
}

TEST_F(owner, gives_everything_back_at_its_end)
{
    {
        auto state = manager.owner("state", 1);
        state.acquire<"pooled">();
        state.acquire<"shared">();
        state.acquire<"transient">();
    }
    expect_active<"pooled">(0);
    expect_active<"shared">(0);
    expect_active<"transient">(0);
    EXPECT_TRUE(manager.owners<"pooled">().empty());
    EXPECT_TRUE(manager.owners<"shared">().empty());
    EXPECT_TRUE(manager.owners<"transient">().empty());
}

TEST_F(owner, gives_everything_back_when_an_exception_ends_it)
{
    const auto fail = [&] {
        auto state = manager.owner("state", 1);
        state.acquire<"pooled">();
        state.acquire<"shared">();
        throw std::runtime_error{"the state failed"};
    };
    EXPECT_THROW(fail(), std::runtime_error);
    expect_active<"pooled">(0);
    expect_active<"shared">(0);
}

TEST_F(owner, releases_the_rest_when_one_release_fails)
{
    auto state = manager.owner("state", 1);
    state.acquire<"pooled">();
    state.acquire<"shared">();
    state.acquire<"transient">();
    log.destroy_throws = log.reset_throws = true;
    state.release_all();
    expect_active<"pooled">(0);
    expect_active<"shared">(0);
    expect_active<"transient">(0);
    EXPECT_EQ(manager.status<"pooled">().size, 0U) << "what could not be reset is not lent again";
}

TEST_F(owner, is_an_identity_and_not_a_prefix)
{
    auto a = manager.owner("a");
    auto ab = manager.owner("a:b");
    a.acquire<"pooled">();
    ab.acquire<"pooled">();
    a.release_all();
    EXPECT_EQ(manager.owners<"pooled">(), names{"a:b"});
    EXPECT_TRUE(ab.has<"pooled">());
}

TEST_F(owner, of_the_same_name_is_another_owner)
{
    auto first = manager.owner("same", 1);
    auto second = manager.owner("same", 1);
    EXPECT_NE(&first.acquire<"pooled">(), &second.acquire<"pooled">());
    first.release_all();
    EXPECT_TRUE(second.has<"pooled">());
    EXPECT_EQ(manager.owners<"pooled">(), names{"same_1"});
}

TEST_F(owner, has_a_name)
{
    EXPECT_EQ(manager.owner("state", 42).name(), "state_42");
    EXPECT_EQ(manager.owner("state").name(), "state");
    EXPECT_EQ(manager.owner("state", 0).name(), "state_0");
    EXPECT_EQ(manager.owner(std::string{"made at run time"}, 7).name(), "made at run time_7");
    EXPECT_EQ(manager.owner(std::string_view{"view"}).name(), "view");
}

TEST_F(owner, keeps_a_name_that_was_made_at_run_time)
{
    auto name = std::make_unique<std::string>("a name that will be gone soon");
    auto state = manager.owner(*name);
    name.reset();
    state.acquire<"pooled">();
    EXPECT_EQ(manager.owners<"pooled">(), names{"a name that will be gone soon"});
}

TEST_F(owner, is_told_why_it_gets_nothing)
{
    auto first = manager.owner("first");
    auto second = manager.owner("second");
    auto third = manager.owner("third");
    first.acquire<"pooled">();
    second.acquire<"pooled">();
    const auto refused = third.try_acquire<"pooled">(0ms);
    ASSERT_EQ(code_of(refused), errc::timed_out);
    EXPECT_TRUE(contains(refused.error().what(), "held by first, second"));
    EXPECT_THROW(third.acquire<"pooled">(0ms), steward::resource_error);
    EXPECT_FALSE(third.has<"pooled">());
    first.release<"pooled">();
    EXPECT_NO_THROW(third.acquire<"pooled">(0ms));
}

TEST_F(owner, holds_nothing_after_a_failed_create)
{
    auto state = manager.owner("state");
    log.create_throws = true;
    EXPECT_THROW(state.acquire<"pooled">(), steward::resource_error);
    EXPECT_THROW(state.acquire<"shared">(), steward::resource_error);
    EXPECT_THROW(state.acquire<"transient">(), steward::resource_error);
    EXPECT_FALSE(state.has<"pooled">() || state.has<"shared">() || state.has<"transient">());
    EXPECT_TRUE(manager.owners<"pooled">().empty());
}

TEST_F(owner, keeps_what_it_holds_when_the_manager_closes)
{
    auto state = manager.owner("state");
    auto& held = state.acquire<"pooled">();
    manager.close();
    EXPECT_EQ(&state.acquire<"pooled">(), &held) << "it still holds it";
    EXPECT_EQ(log.destroyed, 0);
    state.release_all();
    EXPECT_EQ(log.destroyed, 1);
    EXPECT_EQ(state.get<"pooled">(), nullptr);
    EXPECT_EQ(code_of(state.try_acquire<"pooled">()), errc::closed);
}

TEST_F(owner, refuses_a_negative_time_out_for_what_it_holds_too)
{
    auto state = manager.owner("state", 1);
    state.acquire<"pooled">();
    state.acquire<"shared">();
    EXPECT_THROW(state.acquire<"pooled">(-1ms), steward::resource_error);
    EXPECT_EQ(code_of(state.try_acquire<"shared">(-1ms)), errc::configuration);
    expect_active<"pooled">(1);
    expect_active<"shared">(1);
}

} // namespace
