// SPDX-License-Identifier: BSL-1.0
#include "unit/msm/machines.hpp"

#include <boost/mpl/vector.hpp>

using namespace steward::test;

namespace regions_test {

struct left : front::state<> {
    using needs = steward::needs<"a">;
};
struct right_idle : front::state<> {};
struct right : front::state<> {
    using needs = steward::needs<"b">;
};

struct two_regions : telling<two_regions> {
    using initial_state = boost::mpl::vector<idle, right_idle>;
    struct transition_table
        : boost::mpl::vector<front::Row<idle, start, left>, front::Row<left, fail, front::none, refuse>,
                             front::Row<left, stop, idle>, front::Row<right_idle, start, right>,
                             front::Row<right, work, right_idle>> {};
};

class regions_of_msm : public scene {};

TEST_F(regions_of_msm, each_region_holds_for_itself)
{
    held_machine<two_regions> machine{std::ref(resources)};
    machine.start();
    machine.process_event(start{});
    EXPECT_TRUE(resources.owners<"a">().at(0).starts_with("left_"));
    EXPECT_TRUE(resources.owners<"b">().at(0).starts_with("right_"));
    machine.process_event(work{});
    EXPECT_EQ(resources.status<"a">().active, 1U);
    EXPECT_EQ(resources.status<"b">().active, 0U);
    machine.process_event(stop{});
    expect_nothing_is_held();
}

TEST_F(regions_of_msm, an_exception_gives_back_what_all_of_them_hold)
{
    held_machine<two_regions> machine{std::ref(resources)};
    machine.start();
    machine.process_event(start{});
    machine.process_event(fail{});
    EXPECT_EQ(machine.problem, "no");
    expect_nothing_is_held();
}

struct inner_first : front::state<> {
    using needs = steward::needs<"a", "b">;
};
struct inner_second : front::state<> {
    using needs = steward::needs<"b", "c">;
};
struct inner : telling<inner> {
    using initial_state = inner_first;
    struct transition_table : boost::mpl::vector<front::Row<inner_first, work, inner_second>> {};
};
using held_inner = held_machine<inner>;
struct outer : telling<outer> {
    using initial_state = left;
    struct transition_table
        : boost::mpl::vector<front::Row<left, start, held_inner>, front::Row<held_inner, stop, idle>> {};
};

TEST_F(regions_of_msm, a_nested_machine_holds_what_its_states_need)
{
    held_machine<outer> machine{std::ref(resources)};
    machine.start();
    machine.process_event(start{});
    EXPECT_TRUE(resources.owners<"a">().at(0).starts_with("inner_first_"));
    EXPECT_EQ(resources.status<"b">().active, 1U);
    machine.process_event(work{});
    EXPECT_EQ(resources.status<"a">().active, 0U);
    EXPECT_EQ(resources.status<"c">().active, 1U);
    EXPECT_EQ(acquisitions<"b">(), 1U);
}

TEST_F(regions_of_msm, a_nested_machine_that_is_left_in_the_middle_gives_all_back)
{
    held_machine<outer> machine{std::ref(resources)};
    machine.start();
    machine.process_event(start{});
    machine.process_event(work{});
    machine.process_event(stop{});
    expect_nothing_is_held();
}

} // namespace regions_test
