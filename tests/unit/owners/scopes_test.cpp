// SPDX-License-Identifier: BSL-1.0
#include "support/pool_fixture.hpp"

#include <functional>
#include <string>
#include <thread>
#include <vector>

using namespace steward::test;
using namespace steward::literals;
using steward::errc;
using steward::needs;
using steward::optional;
using steward::required;

namespace {

template <steward::fixed_string Name>
using pooled = steward::resource<Name, session_adapter, steward::pooling::bounded<0, 1>, steward::metrics::counters,
                                 steward::ownership::tracked>;

/// What `acquire_all` takes is held by a scope, apart from what its owner holds itself.
class owner_scopes : public testing::Test {
public:
    session_log first, second, third;
    steward::manager<pooled<"first">, pooled<"second">, pooled<"third">> manager{
        pooled<"first">::with(session_adapter::settings{first}),
        pooled<"second">::with(session_adapter::settings{second}),
        pooled<"third">::with(session_adapter::settings{third})};

    std::size_t active()
    {
        std::size_t sum = 0;
        for (const auto& status : manager.status())
            sum += status.active;
        return sum;
    }
};

TEST_F(owner_scopes, end_by_giving_back_what_they_took)
{
    auto state = manager.owner("state");
    {
        auto held = state.acquire_all<needs<"first", "second">>();
        EXPECT_EQ(held["first"_r].number, 1);
        EXPECT_EQ(&held.get<"first">(), state.get<"first">());
        EXPECT_EQ(active(), 2U);
    }
    EXPECT_EQ(active(), 0U);
    EXPECT_FALSE(state.has<"first">());
}

TEST_F(owner_scopes, that_are_nested_do_not_take_from_the_outer_one)
{
    auto state = manager.owner("state");
    auto outer = state.acquire_all<needs<"first">>();
    {
        auto inner = state.acquire_all<needs<"first", "second">>();
        EXPECT_EQ(&inner["first"_r], &outer["first"_r]);
    }
    EXPECT_TRUE(state.has<"first">());
    EXPECT_FALSE(state.has<"second">());
    EXPECT_EQ(outer["first"_r].number, 1);
    EXPECT_EQ(manager.metrics<"first">().acquisitions, 1U);
}

TEST_F(owner_scopes, keep_what_the_owner_releases_meanwhile)
{
    auto state = manager.owner("state");
    state.acquire<"first">();
    {
        auto held = state.acquire_all<needs<"first">>();
        state.release<"first">();
        state.release_all();
        EXPECT_TRUE(state.has<"first">());
        EXPECT_EQ(held["first"_r].number, 1);
    }
    EXPECT_FALSE(state.has<"first">());
}

TEST_F(owner_scopes, leave_what_the_owner_acquired_itself)
{
    auto state = manager.owner("state");
    state.acquire<"first">();
    {
        auto held = state.acquire_all<needs<"first">>();
    }
    EXPECT_TRUE(state.has<"first">());
    {
        auto held = state.acquire_all<needs<"second">>();
        state.acquire<"second">();
    }
    EXPECT_TRUE(state.has<"second">()) << "it asked for it while the scope held it";
}

TEST_F(owner_scopes, take_all_or_nothing)
{
    auto state = manager.owner("state");
    state.acquire<"first">();
    third.create_throws = true;
    try {
        auto held = state.acquire_all<needs<"first", "second", "third">>();
        FAIL();
    } catch (const steward::resource_error& error) {
        EXPECT_EQ(error.resource(), "third");
        EXPECT_EQ(error.code(), errc::create_failed);
    }
    EXPECT_TRUE(state.has<"first">()) << "what was held before stays";
    EXPECT_FALSE(state.has<"second">()) << "what this call took goes back";
    EXPECT_EQ(active(), 1U);
}

TEST_F(owner_scopes, take_in_the_managers_order)
{
    std::string order;
    first.while_creating = [&] { order += '1'; };
    second.while_creating = [&] { order += '2'; };
    third.while_creating = [&] { order += '3'; };
    auto state = manager.owner("state");
    auto held = state.acquire_all<needs<"third", "first", "second">>();
    EXPECT_EQ(order, "123");
}

TEST_F(owner_scopes, give_back_in_reverse)
{
    std::string order;
    first.while_resetting = [&] { order += '1'; };
    second.while_resetting = [&] { order += '2'; };
    third.while_resetting = [&] { order += '3'; };
    auto state = manager.owner("state");
    {
        auto held = state.acquire_all<needs<"second", "third", "first">>();
    }
    EXPECT_EQ(order, "321");
    order.clear();
    third.while_creating = [] { throw std::runtime_error{"no"}; };
    manager.acquire<"third">().discard();
    order.clear();
    EXPECT_THROW(([&] { auto held = state.acquire_all<needs<"third", "first", "second">>(); }()),
                 steward::resource_error);
    EXPECT_EQ(order, "21");
}

TEST_F(owner_scopes, that_take_in_one_order_never_deadlock)
{
    std::vector<std::jthread> threads;
    for (int t = 0; t != 4; ++t)
        threads.emplace_back([&, t] {
            auto state = manager.owner("state", static_cast<unsigned>(t));
            for (int i = 0; i != 200; ++i) {
                if (t % 2 == 0)
                    auto held = state.acquire_all<needs<"first", "second", "third">>();
                else
                    auto held = state.acquire_all<needs<"third", "second", "first">>();
            }
        });
    threads.clear();
    EXPECT_EQ(active(), 0U);
    EXPECT_EQ(manager.metrics<"first">().timeouts, 0U);
    EXPECT_EQ(manager.metrics<"first">().acquisitions, 800U);
}

TEST_F(owner_scopes, give_a_null_pointer_for_an_optional_need_that_is_late)
{
    auto other = manager.acquire<"second">();
    auto state = manager.owner("state");
    auto held = state.acquire_all<needs<"first", optional("second").within(0ms), required("third").within(1s)>>();
    EXPECT_EQ(held.find("second"_r), nullptr);
    EXPECT_NE(held.find("third"_r), nullptr);
    EXPECT_NE(held.find<"first">(), nullptr);
}

TEST_F(owner_scopes, give_a_null_pointer_for_an_optional_need_that_fails_or_is_closed)
{
    second.create_throws = true;
    auto state = manager.owner("state");
    {
        auto held = state.acquire_all<needs<optional("second")>>();
        EXPECT_EQ(held.find("second"_r), nullptr);
    }
    second.create_throws = false;
    {
        auto held = state.acquire_all<needs<optional("second")>>();
        EXPECT_NE(held.find("second"_r), nullptr);
    }
    manager.close();
    auto held = state.acquire_all<needs<optional("second")>>();
    EXPECT_EQ(held.find("second"_r), nullptr);
}

TEST_F(owner_scopes, obey_the_time_of_a_need)
{
    auto other = manager.acquire<"second">();
    auto state = manager.owner("state");
    try {
        auto held = state.acquire_all<needs<"first", required("second").within(0ms)>>(1h);
        FAIL();
    } catch (const steward::resource_error& error) {
        EXPECT_EQ(error.resource(), "second");
        EXPECT_EQ(error.code(), errc::timed_out);
    }
    EXPECT_EQ(active(), 1U);
}

TEST_F(owner_scopes, have_one_deadline_for_all)
{
    auto other = manager.acquire<"second">();
    auto another = manager.acquire<"third">();
    auto state = manager.owner("state");
    auto held = state.acquire_all<needs<optional("second"), optional("third"), "first">>(2ms);
    EXPECT_EQ(held["first"_r].number, 1) << "an empty deadline still creates";
    EXPECT_EQ(held.find("third"_r), nullptr);
}

TEST_F(owner_scopes, of_nothing_hold_nothing)
{
    auto state = manager.owner("state");
    auto held = state.acquire_all<needs<>>();
    EXPECT_EQ(active(), 0U);
}

TEST_F(owner_scopes, refuse_a_negative_time_out_whatever_is_held_or_optional)
{
    auto state = manager.owner("state");
    state.acquire<"first">();
    const auto take_held = [&] { auto held = state.acquire_all<needs<"first">>(-1ms); };
    const auto take_optional = [&] { auto held = state.acquire_all<needs<optional("second")>>(-1ms); };
    for (const std::function<void()>& take : {std::function<void()>{take_held}, std::function<void()>{take_optional}})
        try {
            take();
            FAIL();
        } catch (const steward::resource_error& error) {
            EXPECT_EQ(error.code(), errc::configuration);
        }
    EXPECT_EQ(active(), 1U);
}

} // namespace
