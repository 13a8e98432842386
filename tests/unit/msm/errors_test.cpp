// SPDX-License-Identifier: BSL-1.0
#include "unit/msm/machines.hpp"

#include <boost/mpl/vector.hpp>

using namespace steward::test;

namespace errors_test {

struct busy : front::state<> {
    using needs = steward::needs<"a", steward::required("b").within(0s)>;
};
struct throw_a_number {
    template <class Event, class Fsm, class Source, class Target>
    void operator()(const Event&, Fsm&, Source&, Target&) const
    {
        throw 1;
    }
};
struct odd {};

struct plain : telling<plain> {
    using initial_state = idle;
    struct transition_table
        : boost::mpl::vector<front::Row<idle, start, busy>, front::Row<busy, work, front::none, note>,
                             front::Row<busy, fail, front::none, refuse>, front::Row<busy, stop, idle, refuse>,
                             front::Row<busy, odd, front::none, throw_a_number>> {};
};

class errors_in_machines_of_msm : public scene {
public:
    held_machine<plain> machine{std::ref(resources)};
};

TEST_F(errors_in_machines_of_msm, an_action_that_throws_gives_all_back)
{
    machine.start();
    machine.process_event(start{});
    machine.process_event(fail{});
    EXPECT_EQ(machine.problem, "no");
    expect_nothing_is_held();
}

TEST_F(errors_in_machines_of_msm, an_action_that_throws_what_is_no_exception_gives_all_back)
{
    machine.start();
    machine.process_event(start{});
    EXPECT_THROW(machine.process_event(odd{}), int);
    expect_nothing_is_held();
}

TEST_F(errors_in_machines_of_msm, an_action_that_throws_on_the_way_out_leaves_the_machine_in_its_source)
{
    machine.start();
    machine.process_event(start{});
    machine.process_event(stop{});
    EXPECT_EQ(machine.problem, "no");
    expect_nothing_is_held();
    machine.process_event(work{}); // its needs are taken again
    EXPECT_EQ(machine.lines, std::vector<std::string>{"1 with"});
    EXPECT_EQ(resources.status<"a">().active, 1U);
}

TEST_F(errors_in_machines_of_msm, what_comes_back_from_an_action_that_throws_is_looked_at)
{
    machine.start();
    machine.process_event(start{});
    machine.process_event(fail{});
    EXPECT_EQ(machine.problem, "no");
    EXPECT_EQ(a.validated, 1);
}

TEST_F(errors_in_machines_of_msm, a_state_that_cannot_have_what_it_needs_is_not_entered)
{
    machine.start();
    {
        const auto other = resources.acquire<"b">();
        machine.process_event(start{});
        EXPECT_TRUE(contains(machine.problem, "b: ")) << machine.problem;
        EXPECT_EQ(resources.status<"a">().active, 0U);
    }
    machine.process_event(start{}); // it is still idle
    EXPECT_EQ(resources.status<"a">().active, 1U);
}

struct early : telling<early> {
    using initial_state = busy;
    struct transition_table : boost::mpl::vector<front::Row<busy, stop, idle>> {};
};

TEST_F(errors_in_machines_of_msm, a_start_that_cannot_acquire_throws_why_not_and_leaves_nothing_held)
{
    const auto other = resources.acquire<"b">();
    held_machine<early> unlucky{std::ref(resources)};
    EXPECT_THROW(unlucky.start(), steward::resource_error);
    EXPECT_EQ(resources.status<"a">().active, 0U);
}

struct angry : front::state<> {
    using needs = steward::needs<"a">;
    template <class Event, class Fsm>
    void on_entry(const Event&, Fsm&)
    {
        throw refusal{"no"};
    }
};
struct with_an_entry_that_throws : telling<with_an_entry_that_throws> {
    using initial_state = idle;
    struct transition_table : boost::mpl::vector<front::Row<idle, start, angry>> {};
};

TEST_F(errors_in_machines_of_msm, an_on_entry_that_throws_gives_all_back)
{
    held_machine<with_an_entry_that_throws> other{std::ref(resources)};
    other.start();
    other.process_event(start{});
    EXPECT_EQ(other.problem, "no");
    expect_nothing_is_held();
}

} // namespace errors_test
