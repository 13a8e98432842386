// SPDX-License-Identifier: BSL-1.0
#include "unit/msm/machines.hpp"

#include <boost/mpl/vector.hpp>

using namespace steward::test;

namespace holding_test {

struct busy : front::state<> {
    using needs = steward::needs<"a", steward::optional("b")>;
    template <class Event, class Fsm>
    void on_entry(const Event&, Fsm& fsm)
    {
        fsm.lines.push_back("entry " + std::to_string(fsm.resources(*this)["a"_r].number));
    }
    template <class Event, class Fsm>
    void on_exit(const Event&, Fsm& fsm)
    {
        fsm.lines.push_back("exit " + std::to_string(fsm.resources(*this)["a"_r].number));
    }
};
struct has_session {
    template <class Event, class Fsm, class Source, class Target>
    bool operator()(const Event&, Fsm& fsm, Source& source, Target&) const
    {
        return fsm.resources(source)["a"_r].number != 0;
    }
};
struct simple : telling<simple> {
    using initial_state = idle;
    struct transition_table
        : boost::mpl::vector<front::Row<idle, start, busy>, front::Row<busy, work, front::none, note, has_session>,
                             front::Row<busy, stop, idle, note>> {};
};

class machines_of_msm : public scene {
public:
    held_machine<simple> machine{std::ref(resources)};
};

TEST_F(machines_of_msm, a_state_holds_what_it_needs_from_its_entry_until_the_next_state_is_entered)
{
    machine.start();
    expect_nothing_is_held();
    machine.process_event(start{});
    EXPECT_EQ(resources.status<"a">().active, 1U);
    EXPECT_EQ(resources.status<"b">().active, 1U);
    machine.process_event(work{});
    EXPECT_EQ(resources.status<"a">().active, 1U);
    machine.process_event(stop{});
    expect_nothing_is_held();
    EXPECT_EQ(acquisitions<"a">(), 1U);
}

TEST_F(machines_of_msm, guards_actions_on_entry_and_on_exit_are_given_what_the_state_holds)
{
    machine.start();
    machine.process_event(start{});
    machine.process_event(work{});
    machine.process_event(stop{});
    EXPECT_EQ(machine.lines, (std::vector<std::string>{"entry 1", "1 with", "exit 1", "1 with"}));
}

TEST_F(machines_of_msm, the_owner_is_named_after_the_state)
{
    machine.start();
    machine.process_event(start{});
    ASSERT_EQ(resources.owners<"a">().size(), 1U);
    EXPECT_TRUE(resources.owners<"a">()[0].starts_with("busy_")) << resources.owners<"a">()[0];
}

TEST_F(machines_of_msm, an_optional_need_that_cannot_be_had_is_null)
{
    resources.close<"b">();
    machine.start();
    machine.process_event(start{});
    machine.process_event(work{});
    EXPECT_EQ(machine.lines.back(), "1 without");
}

TEST_F(machines_of_msm, a_machine_that_is_destroyed_in_the_middle_gives_all_back)
{
    {
        held_machine<simple> short_lived{std::ref(resources)};
        short_lived.start();
        short_lived.process_event(start{});
        EXPECT_EQ(resources.status<"a">().active, 1U);
    }
    expect_nothing_is_held();
}

TEST_F(machines_of_msm, a_machine_that_is_stopped_gives_all_back)
{
    machine.start();
    machine.process_event(start{});
    machine.stop();
    expect_nothing_is_held();
}

struct sorted : front::state<> {
    using needs = steward::needs<"a", "c">;
};
struct later : front::state<> {
    using needs = steward::needs<"b", "c">;
};
struct chain : telling<chain> {
    using initial_state = sorted;
    struct transition_table : boost::mpl::vector<front::Row<sorted, work, later>, front::Row<later, work, sorted>> {};
};

TEST_F(machines_of_msm, an_initial_state_holds_what_it_needs_when_the_machine_is_started)
{
    held_machine<chain> other{std::ref(resources)};
    expect_nothing_is_held();
    other.start();
    EXPECT_EQ(resources.status<"a">().active, 1U);
}

TEST_F(machines_of_msm, what_neighbours_need_stays_held_only_as_far_as_the_order_allows)
{
    held_machine<chain> other{std::ref(resources)};
    other.start();
    other.process_event(work{}); // "b" precedes "c"
    EXPECT_EQ(acquisitions<"c">(), 2U);
    EXPECT_EQ(resources.status<"a">().active, 0U);
}

struct asks_for_its_target {
    template <class Event, class Fsm, class Source, class Target>
    void operator()(const Event&, Fsm& fsm, Source&, Target& target) const
    {
        static_cast<void>(fsm.resources(target));
    }
};
struct hasty : telling<hasty> {
    using initial_state = idle;
    struct transition_table : boost::mpl::vector<front::Row<idle, start, sorted, asks_for_its_target>> {};
};

TEST_F(machines_of_msm, an_action_that_asks_for_the_resources_of_its_target_is_told_that_they_are_not_held_yet)
{
    held_machine<hasty> other{std::ref(resources)};
    other.start();
    other.process_event(start{});
    EXPECT_TRUE(contains(other.problem, "the resources of sorted are asked for"));
    expect_nothing_is_held();
}

} // namespace holding_test
