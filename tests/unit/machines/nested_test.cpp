// SPDX-License-Identifier: BSL-1.0
#include "unit/machines/scene.hpp"

using namespace steward::test;
using steward::arc;

namespace nested_test {

using nested_machines = scene;

template <int Number>
struct writes_down {
    void operator()(notes& data, auto&) const
    {
        std::string held;
        for (const auto& status : data.resources->status())
            if (status.active != 0)
                held.append(status.name);
        data.events.push_back(std::move(held));
        if (data.number == Number)
            throw refusal{"refused"};
    }
};

struct authorize : writes_down<1> {
    using needs = steward::needs<"c">;
};
struct capture : writes_down<2> {
    using needs = steward::needs<"c", "d">;
};
struct payment {
    using needs = steward::needs<"b">;
    using states = steward::states<authorize, capture>;
    using arcs = steward::arcs<arc<authorize, capture>>;
};
struct order : writes_down<3> {
    using needs = steward::needs<"a">;
};
struct ship : writes_down<4> {};
struct cancel : writes_down<5> {};

struct shop {
    using states = steward::states<order, payment, ship, cancel>;
    using arcs =
        steward::arcs<arc<order, payment>, arc<payment, ship>, arc<payment, cancel, steward::on_error<refusal>>>;
};

using shop_manager = steward::manager_for<shop, scene_catalog>;
static_assert(shop_manager::has<"a"> && shop_manager::has<"b"> && shop_manager::has<"c"> && shop_manager::has<"d">,
              "the needs of a nested machine join its parent's");

TEST_F(nested_machines, run_as_a_state_and_hold_their_own_needs_all_the_time)
{
    const auto outcome = steward::run<shop>(resources, notes{.resources = &resources});
    EXPECT_TRUE(outcome.completed) << outcome.error_message();
    EXPECT_EQ(outcome.path, (path{"order", "payment", "payment/authorize", "payment/capture", "ship"}));
    EXPECT_EQ(outcome.data.events, (std::vector<std::string>{"a", "bc", "bcd", ""}));
    EXPECT_EQ(acquisitions<"b">(), 1U);
    EXPECT_EQ(acquisitions<"c">(), 1U) << "kept from authorize to capture";
    expect_nothing_is_held();
}

TEST_F(nested_machines, that_fail_take_the_error_arcs_of_their_parent)
{
    const auto outcome = steward::run<shop>(resources, notes{.number = 2, .resources = &resources});
    EXPECT_TRUE(outcome.completed);
    EXPECT_EQ(outcome.path, (path{"order", "payment", "payment/authorize", "payment/capture", "cancel"}));
    EXPECT_EQ(outcome.data.events.back(), "") << "nothing of the nested machine is held any more";
    expect_nothing_is_held();
}

TEST_F(nested_machines, that_cannot_have_a_resource_name_the_inner_state)
{
    d.create_throws = true;
    const auto outcome = steward::run<shop>(resources, notes{.resources = &resources});
    EXPECT_FALSE(outcome.completed);
    EXPECT_EQ(outcome.failed_state, "payment/capture");
    EXPECT_EQ(outcome.failed_resource(), "d");
    expect_nothing_is_held();
}

struct needs_b : writes_down<6> {
    using needs = steward::needs<"b">;
};
struct needs_nothing : writes_down<7> {};
struct inner_of_optional {
    using needs = steward::needs<steward::optional("b")>;
    using states = steward::states<needs_b, needs_nothing>;
    using arcs = steward::arcs<arc<needs_b, needs_nothing>>;
};
struct outer_of_optional {
    using needs = steward::needs<"a">;
    using states = steward::states<inner_of_optional, needs_nothing>;
    using arcs = steward::arcs<arc<inner_of_optional, needs_nothing>>;
};
TEST_F(nested_machines, keep_what_is_optional_for_them_while_their_states_need_it)
{
    const auto outcome = steward::run<outer_of_optional>(resources, notes{.resources = &resources});
    EXPECT_EQ(outcome.data.events, (std::vector<std::string>{"ab", "ab", "a"}));
    EXPECT_EQ(acquisitions<"b">(), 1U);
    expect_nothing_is_held();
}

struct turning_round : writes_down<8> {
    using needs = steward::needs<"b">;
};
struct without_an_end {
    using states = steward::states<turning_round>;
    using arcs = steward::arcs<arc<turning_round, turning_round>>;
    static constexpr int max_transitions = 2;
};
struct stopping_it {
    using states = steward::states<without_an_end, needs_nothing>;
    using final_states = steward::states<needs_nothing>;
    using arcs = steward::arcs<arc<without_an_end, needs_nothing>,
                               arc<without_an_end, needs_nothing, steward::on_error<steward::machine_error>>>;
};
TEST_F(nested_machines, that_are_stopped_between_two_states_give_back_what_was_kept_for_the_next)
{
    const auto outcome = steward::run<stopping_it>(resources, notes{.resources = &resources});
    EXPECT_TRUE(outcome.completed) << outcome.error_message();
    EXPECT_EQ(outcome.data.events, (std::vector<std::string>{"b", "b", "b", ""}));
    EXPECT_EQ(acquisitions<"b">(), 1U);
    expect_nothing_is_held();
}

struct sum {
    int value = 0;
};
struct add_one {
    void operator()(sum& data) const { ++data.value; }
};
struct add_another {
    void operator()(sum& data) const { ++data.value; }
};
struct counting {
    using states = steward::states<add_one, add_another>;
    using arcs = steward::arcs<arc<add_one, add_another>>;
    static sum map_data(notes& data) { return {data.number}; }
    static void map_result(notes& data, sum&& result) { data.number = result.value; }
};
struct outer {
    using states = steward::states<counting>;
    using arcs = steward::arcs<>;
};
TEST_F(nested_machines, may_work_on_data_of_their_own)
{
    EXPECT_EQ(steward::run<outer>(resources, notes{.number = 40}).data.number, 42);
    EXPECT_EQ(steward::run<outer>(resources, notes{.number = 40}, steward::no_history).number, 42);
}

} // namespace nested_test
