// SPDX-License-Identifier: BSL-1.0
#include "unit/machines/scene.hpp"

using namespace steward::test;
using steward::arc;
using steward::when;

namespace arcs_test {

using machine_arcs = scene;

struct order {
    int amount = 0;
    bool valid = true;
    std::string steps{};
    scene::manager_type* resources = nullptr;
    [[nodiscard]] bool is_big() const { return amount > 100; }
};

struct check {};
struct small_order {};
struct big_order {};
struct invalid_order {};

bool is_free(const order& data) { return data.amount == 0; }

template <class... Arcs>
struct deciding {
    using states = steward::states<check, small_order, big_order, invalid_order>;
    using final_states = steward::states<small_order, big_order, invalid_order>;
    using arcs = steward::arcs<Arcs...>;
};

template <class Machine>
std::string_view end_of(scene::manager_type& resources, order data)
{
    const auto outcome = steward::run<Machine>(resources, std::move(data));
    EXPECT_TRUE(outcome.completed) << outcome.error_message();
    return outcome.path.back();
}

TEST_F(machine_arcs, are_tried_in_the_order_in_which_they_are_declared)
{
    using machine = deciding<arc<check, big_order, when<&order::is_big>>, arc<check, small_order, when<&order::valid>>,
                             arc<check, invalid_order>>;
    EXPECT_EQ(end_of<machine>(resources, {.amount = 500, .valid = false}), "big_order");
    EXPECT_EQ(end_of<machine>(resources, {.amount = 5}), "small_order");
    EXPECT_EQ(end_of<machine>(resources, {.amount = 5, .valid = false}), "invalid_order");
}

TEST_F(machine_arcs, with_a_higher_priority_are_tried_first)
{
    using machine =
        deciding<arc<check, small_order, steward::priority<-1>>, arc<check, big_order, when<&order::is_big>>,
                 arc<check, invalid_order, when<is_free>, steward::priority<2>>>;
    EXPECT_EQ(end_of<machine>(resources, {.amount = 0}), "invalid_order");
    EXPECT_EQ(end_of<machine>(resources, {.amount = 5}), "small_order");
    EXPECT_EQ(end_of<machine>(resources, {.amount = 500}), "big_order");
}

struct counting {
    using needs = steward::needs<"total">;
    void operator()(order& data, auto& resources) const { resources["total"_r].value = data.amount; }
};
constexpr auto total_is_seven = [](const order&, auto& held) { return held["total"_r].value == 7; };
struct guarded {
    using states = steward::states<counting, small_order, big_order, invalid_order>;
    using arcs = steward::arcs<arc<counting, small_order, when<total_is_seven>>,
                               arc<counting, big_order, when<[](const order& o) { return o.amount == 8; }>>,
                               arc<counting, invalid_order>>;
};
TEST_F(machine_arcs, are_guarded_by_lambdas_and_by_what_the_state_holds)
{
    EXPECT_EQ(end_of<guarded>(resources, {.amount = 7}), "small_order");
    EXPECT_EQ(end_of<guarded>(resources, {.amount = 8}), "big_order");
    EXPECT_EQ(end_of<guarded>(resources, {.amount = 9}), "invalid_order");
}

TEST_F(machine_arcs, that_are_all_closed_end_the_run_with_an_error)
{
    using machine = deciding<arc<check, big_order, when<&order::is_big>>, arc<check, small_order, when<is_free>>,
                             arc<check, invalid_order, when<[](const order& o) { return !o.valid; }>>>;
    const auto outcome = steward::run<machine>(resources, order{.amount = 5});
    EXPECT_FALSE(outcome.completed);
    EXPECT_EQ(outcome.failed_state, "check");
    EXPECT_EQ(outcome.error_message(), "check: no guard of the arcs that leave it is true for this data");
}

struct ending_anywhere {
    using states = steward::states<check, big_order>;
    using final_states = steward::states<check, big_order>;
    using arcs = steward::arcs<arc<check, big_order, when<&order::is_big>>>;
};
TEST_F(machine_arcs, that_are_all_closed_end_the_run_well_in_a_final_state)
{
    EXPECT_EQ(end_of<ending_anywhere>(resources, {.amount = 5}), "check");
    EXPECT_EQ(end_of<ending_anywhere>(resources, {.amount = 500}), "big_order");
}

struct first {
    using needs = steward::needs<"a">;
    void operator()(order& data) const { data.steps += "first;"; }
    void on_exit(order& data) const { data.steps += "exit;"; }
};
struct second {
    void on_enter(order& data) const { data.steps += "enter;"; }
    void operator()(order& data) const { data.steps += "second;"; }
};
struct on_the_way {
    void operator()(order& data, auto& held) const
    {
        static_cast<void>(held["d"_r].number);
        data.steps += "transform;";
        const auto owners = data.resources->owners<"d">();
        if (owners.size() == 1 && owners.front().starts_with("arc_first_to_second_"))
            data.steps += "by its own name;";
    }
};
struct with_a_transform {
    using states = steward::states<first, second>;
    using arcs = steward::arcs<arc<first, second, steward::transform<on_the_way{}>, steward::needs<"d">>>;
};
TEST_F(machine_arcs, transform_the_data_on_the_way_with_needs_of_their_own)
{
    const auto outcome = steward::run<with_a_transform>(resources, order{.resources = &resources});
    EXPECT_EQ(outcome.data.steps, "first;exit;transform;by its own name;enter;second;");
    EXPECT_EQ(acquisitions<"d">(), 1U);
    expect_nothing_is_held();
}

TEST_F(machine_arcs, that_cannot_have_what_they_need_fail_in_the_state_that_they_leave)
{
    d.create_throws = true;
    const auto outcome = steward::run<with_a_transform>(resources, order{.resources = &resources});
    EXPECT_EQ(outcome.failed_state, "first");
    EXPECT_EQ(outcome.failed_resource(), "d");
    EXPECT_EQ(outcome.data.steps, "first;exit;");
    expect_nothing_is_held();
}

struct again {
    void operator()(order& data) const { ++data.amount; }
};
struct repeating {
    using states = steward::states<again, small_order>;
    using arcs =
        steward::arcs<arc<again, again, when<[](const order& o) { return o.amount < 1000; }>>, arc<again, small_order>>;
};
TEST_F(machine_arcs, that_lead_back_repeat_until_a_guard_says_otherwise)
{
    EXPECT_EQ(steward::run<repeating>(resources, order{}).data.amount, 1000);
    EXPECT_EQ(steward::run<repeating>(resources, order{}, steward::no_history).amount, 1000);
}

struct without_an_end {
    using states = steward::states<again>;
    using arcs = steward::arcs<arc<again, again>>;
    static constexpr int max_transitions = 10;
};
TEST_F(machine_arcs, that_never_end_are_stopped_by_the_machines_max_transitions)
{
    const auto outcome = steward::run<without_an_end>(resources, order{});
    EXPECT_EQ(outcome.data.amount, 11) << "ten transitions lead to eleven states";
    EXPECT_EQ(outcome.error_message(), "again: not entered: there were 10 transitions, which is max_transitions");
}

struct starting_elsewhere : repeating {
    using initial = small_order;
    using arcs = steward::arcs<arc<small_order, again>>;
};
TEST_F(machine_arcs, start_where_the_machine_says)
{
    EXPECT_EQ(steward::run<starting_elsewhere>(resources, order{}).path, (path{"small_order", "again"}));
}

} // namespace arcs_test
