// SPDX-License-Identifier: BSL-1.0
#include "unit/machines/scene.hpp"

#include <thread>

using namespace steward::test;
using steward::arc;
using steward::needs;
using steward::optional;

namespace {

template <int Way>
void leave(const notes& data)
{
    if (data.number == Way)
        throw refusal{"refused"};
}

struct inner_work {
    using needs = steward::needs<"c">;
    void operator()(const notes& data, auto&) const { leave<2>(data); }
};
struct inner {
    using needs = steward::needs<"b">;
    using states = steward::states<inner_work>;
    using arcs = steward::arcs<>;
};
struct work {
    using needs = steward::needs<"b", "d">;
    void operator()(const notes& data, auto&) const { leave<1>(data); }
};
struct ending {
    using needs = steward::needs<"b">;
    void operator()(const notes& data) const { leave<3>(data); }
};
struct given_up {};
struct machine {
    using needs = steward::needs<"a">;
    using states = steward::states<work, inner, ending, given_up>;
    using arcs = steward::arcs<arc<work, inner>, arc<inner, ending>,
                               arc<ending, given_up, steward::on_error<refusal>, steward::when<&notes::fails>>>;
};

// 32. A state's resources are given back on every way out: success, exception, stop, terminal state, nested machine (what
// the next state needs too may stay, by the rule of order).
class invariant_32 : public scene, public testing::WithParamInterface<int> {};
INSTANTIATE_TEST_SUITE_P(way_out, invariant_32, testing::Values(0, 1, 2, 3));

TEST_P(invariant_32, a_states_resources_are_given_back_on_every_way_out)
{
    for (const bool is_caught : {false, true}) {
        const auto outcome = steward::run<machine>(resources, notes{.number = GetParam(), .fails = is_caught});
        EXPECT_EQ(outcome.completed, GetParam() == 0 || (GetParam() == 3 && is_caught));
        expect_nothing_is_held();
    }
}

TEST_F(scene, invariant_32_a_run_that_is_stopped_while_it_waits_gives_back_what_it_held)
{
    std::stop_source stop;
    const std::stop_token token = stop.get_token();
    auto lease = resources.acquire<"d">();
    std::jthread stopper{[&] {
        wait_until([&] { return resources.status<"d">().waiting != 0; });
        EXPECT_EQ(resources.status<"a">().active, 1U);
        EXPECT_EQ(resources.status<"b">().active, 1U);
        stop.request_stop();
    }};
    const auto outcome = steward::run<machine>(resources, notes{}, {.limit = token});
    EXPECT_FALSE(outcome.completed);
    EXPECT_EQ(outcome.failed_state, "work");
    EXPECT_EQ(outcome.failed_resource(), "d");
    lease.release();
    expect_nothing_is_held();
}

struct counts_transforms {
    using needs = steward::needs<"a", optional("b")>;
    void operator()(notes& data) const { ++data.number; }
};
template <class Needs>
struct needing {
    using needs = Needs;
    using states = steward::states<counts_transforms>;
    using arcs = steward::arcs<>;
};

// 33. A missing required resource fails the run before any transform; an optional one never does.
class invariant_33 : public scene {};

TEST_F(invariant_33, a_missing_required_resource_fails_the_run_before_any_transform)
{
    a.create_throws = true;
    const auto of_the_state = steward::run<needing<needs<>>>(resources, notes{});
    EXPECT_EQ(of_the_state.failed_resource(), "a");
    EXPECT_EQ(of_the_state.data.number, 0);
    const auto of_the_machine = steward::run<needing<needs<"a">>>(resources, notes{});
    EXPECT_EQ(of_the_machine.failed_resource(), "a");
    EXPECT_EQ(of_the_machine.data.number, 0);
}

TEST_F(invariant_33, a_missing_optional_resource_fails_no_run)
{
    b.create_throws = true;
    const auto of_the_state = steward::run<needing<needs<>>>(resources, notes{});
    EXPECT_TRUE(of_the_state.completed);
    EXPECT_EQ(of_the_state.data.number, 1);
    using of_the_machine = needing<needs<"a", optional("b")>>;
    EXPECT_TRUE(steward::run<of_the_machine>(resources, notes{}).completed);
    resources.close<"b">();
    EXPECT_TRUE(steward::run<needing<needs<>>>(resources, notes{}).completed);
}

// 34. All or nothing: a failed acquisition of several gives back exactly what that call took, not what was held before.
class invariant_34 : public scene {};

TEST_F(invariant_34, a_failed_acquisition_gives_back_what_it_took_and_nothing_else)
{
    auto owner = resources.owner("test", 1);
    owner.acquire<"b">();
    d.create_throws = true;
    EXPECT_THROW(static_cast<void>(owner.acquire_all<needs<"a", "b", "c", "d">>()), steward::resource_error);
    EXPECT_TRUE(owner.has<"b">());
    EXPECT_FALSE(owner.has<"a">());
    EXPECT_FALSE(owner.has<"c">());
    EXPECT_EQ(resources.status<"a">().active, 0U);
    EXPECT_EQ(resources.status<"b">().active, 1U);
    EXPECT_EQ(resources.status<"c">().active, 0U);
}

struct looks_at_what_is_left {
    void operator()(notes& data) const { data.number = static_cast<int>(data.resources->status<"a">().active); }
};
struct wants_too_much {
    using needs = steward::needs<"c", "d">;
};
struct whole_machine {
    using needs = steward::needs<"a">;
    using states = steward::states<wants_too_much, looks_at_what_is_left>;
    using arcs = steward::arcs<arc<wants_too_much, looks_at_what_is_left, steward::on_error<steward::resource_error>>>;
};
TEST_F(invariant_34, a_state_that_cannot_have_all_leaves_its_machine_what_that_held_before)
{
    d.create_throws = true;
    const auto outcome = steward::run<whole_machine>(resources, notes{.resources = &resources});
    EXPECT_TRUE(outcome.completed);
    EXPECT_EQ(outcome.data.number, 1);
    expect_nothing_is_held();
}

} // namespace
