// SPDX-License-Identifier: BSL-1.0
#include "unit/sml/machines.hpp"

using namespace steward::test;

namespace {

struct idle {};
struct busy {
    using needs = steward::needs<"a", steward::optional("b")>;
};
struct calm {
    using needs = steward::needs<"a", "total">;
};

/// Whether its actions found the session, and the optional one.
struct simple {
    auto operator()() const
    {
        using namespace boost::sml;
        const auto has_session = [](resources_of<busy> r) { return r["a"_r].number != 0; };
        const auto note = [](resources_of<busy> r, diary& d) {
            d.lines.push_back(std::to_string(r["a"_r].number) + (r.find("b"_r) != nullptr ? " with" : " without"));
        };
        const auto entry = [](const resources_of<busy>& r, diary& d) {
            d.lines.push_back("entry " + std::to_string(r["a"_r].number));
        };
        const auto exit = [](resources_of<busy>& r, diary& d) {
            d.lines.push_back("exit " + std::to_string(r["a"_r].number));
        };
        return make_transition_table(*state<idle> + event<start> = state<busy>, state<busy> + on_entry<_> / entry,
                                     state<busy> + sml::on_exit<_> / exit,
                                     state<busy> + event<work>[has_session] / note,
                                     state<busy> + event<stop> / note = state<idle>);
    }
};

class machines_of_sml : public scene {};

TEST_F(machines_of_sml, a_state_holds_what_it_needs_from_its_entry_until_the_next_state_is_entered)
{
    diary written;
    held_machine<simple> machine{resources, written};
    expect_nothing_is_held();
    machine.process_event(start{});
    EXPECT_TRUE(machine.is(sml::state<busy>));
    EXPECT_EQ(resources.status<"a">().active, 1U);
    EXPECT_EQ(resources.status<"b">().active, 1U);
    machine.process_event(work{});
    EXPECT_EQ(resources.status<"a">().active, 1U);
    machine.process_event(stop{});
    EXPECT_TRUE(machine.is(sml::state<idle>));
    expect_nothing_is_held();
    EXPECT_EQ(acquisitions<"a">(), 1U);
}

TEST_F(machines_of_sml, guards_actions_on_entry_and_on_exit_receive_what_the_state_holds)
{
    diary written;
    held_machine<simple> machine{resources, written};
    machine.process_event(start{});
    machine.process_event(work{});
    machine.process_event(stop{});
    EXPECT_EQ(written.lines, (std::vector<std::string>{"entry 1", "1 with", "exit 1", "1 with"}));
}

TEST_F(machines_of_sml, the_owner_is_named_after_the_state)
{
    diary written;
    held_machine<simple> machine{resources, written};
    machine.process_event(start{});
    ASSERT_EQ(resources.owners<"a">().size(), 1U);
    EXPECT_TRUE(resources.owners<"a">()[0].starts_with("busy_")) << resources.owners<"a">()[0];
}

TEST_F(machines_of_sml, an_optional_need_that_cannot_be_had_is_null)
{
    resources.close<"b">();
    diary written;
    held_machine<simple> machine{resources, written};
    machine.process_event(start{});
    machine.process_event(stop{});
    EXPECT_EQ(written.lines.back(), "1 without");
}

TEST_F(machines_of_sml, a_machine_that_is_destroyed_in_the_middle_gives_all_back)
{
    diary written;
    {
        held_machine<simple> machine{resources, written};
        machine.process_event(start{});
        EXPECT_EQ(resources.status<"a">().active, 1U);
    }
    expect_nothing_is_held();
}

struct from_the_start {
    auto operator()() const
    {
        using namespace boost::sml;
        return make_transition_table(*state<busy> + event<work> = state<calm>, state<calm> + event<stop> = X);
    }
};

TEST_F(machines_of_sml, an_initial_state_holds_what_it_needs_as_soon_as_the_machine_is_there)
{
    const held_machine<from_the_start> machine{resources};
    EXPECT_EQ(resources.status<"a">().active, 1U);
}

TEST_F(machines_of_sml, an_initial_state_that_cannot_have_what_it_needs_leaves_no_machine_and_nothing_held)
{
    a.create_throws = true;
    EXPECT_THROW((held_machine<from_the_start>{resources}), steward::resource_error);
    expect_nothing_is_held();
}

TEST_F(machines_of_sml, what_two_neighbours_need_stays_held)
{
    held_machine<from_the_start> machine{resources};
    machine.process_event(work{});
    EXPECT_TRUE(machine.is(sml::state<calm>));
    EXPECT_EQ(resources.status<"a">().active, 1U);
    EXPECT_EQ(resources.status<"b">().active, 0U);
    EXPECT_EQ(acquisitions<"a">(), 1U);
}

TEST_F(machines_of_sml, the_terminate_state_holds_nothing)
{
    held_machine<from_the_start> machine{resources};
    machine.process_event(work{});
    machine.process_event(stop{});
    EXPECT_TRUE(machine.is(sml::X));
    expect_nothing_is_held();
}

struct later {
    using needs = steward::needs<"b", "c">;
};
struct earlier {
    using needs = steward::needs<"a", "c">;
};
struct backwards {
    auto operator()() const
    {
        using namespace boost::sml;
        return make_transition_table(*state<later> + event<work> = state<earlier>);
    }
};

TEST_F(machines_of_sml, what_stands_behind_a_new_need_is_given_back_and_taken_again_so_that_the_order_holds)
{
    held_machine<backwards> machine{resources};
    machine.process_event(work{});
    EXPECT_EQ(acquisitions<"c">(), 2U);
}

struct by_itself {
    auto operator()() const
    {
        using namespace boost::sml;
        const auto note = [](resources_of<busy> r, diary& d) { d.lines.push_back(std::to_string(r["a"_r].number)); };
        return make_transition_table(*state<idle> + event<start> = state<busy>, state<busy> / note = X);
    }
};

TEST_F(machines_of_sml, a_transition_without_an_event_has_what_its_state_needs)
{
    diary written;
    held_machine<by_itself> machine{resources, written};
    machine.process_event(start{});
    EXPECT_TRUE(machine.is(sml::X));
    EXPECT_EQ(written.lines, std::vector<std::string>{"1"});
    expect_nothing_is_held();
}

struct counting_logger {
    template <class Machine, class Event>
    void log_process_event(const Event&)
    {
    }
    template <class Machine, class Guard, class Event>
    void log_guard(const Guard&, const Event&, bool)
    {
    }
    template <class Machine, class Action, class Event>
    void log_action(const Action&, const Event&)
    {
        ++actions;
    }
    template <class Machine, class From, class To>
    void log_state_change(const From&, const To& to)
    {
        state = to.c_str();
    }
    int actions = 0;
    std::string state{};
};

TEST_F(machines_of_sml, policies_of_sml_work_as_ever)
{
    diary written;
    counting_logger log;
    held_machine<simple, sml::logger<counting_logger>, sml::dispatch<sml::back::policies::jump_table>> machine{
        resources, written, log};
    machine.process_event(start{});
    machine.process_event(work{});
    EXPECT_EQ(log.actions, 2);
    EXPECT_TRUE(contains(log.state, "busy"));
}

} // namespace
