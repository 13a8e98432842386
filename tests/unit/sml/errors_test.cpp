// SPDX-License-Identifier: BSL-1.0
#include "unit/sml/machines.hpp"

using namespace steward::test;

namespace {

struct idle {};
struct failed {};
struct busy {
    using needs = steward::needs<"a", steward::required("b").within(0s)>;
};

const auto note = [](resources_of<busy> r, diary& d) { d.lines.push_back(std::to_string(r["a"_r].number)); };
const auto refuse = [](resources_of<busy>) { throw refusal{"no"}; };

struct plain {
    auto operator()() const
    {
        using namespace boost::sml;
        return make_transition_table(*state<idle> + event<start> = state<busy>, state<busy> + event<work> / note,
                                     state<busy> + event<fail> / refuse,
                                     state<busy> + event<stop> / refuse = state<idle>);
    }
};

class errors_in_machines_of_sml : public scene {
public:
    diary written;
};

TEST_F(errors_in_machines_of_sml, an_action_that_throws_gives_all_back)
{
    held_machine<plain> machine{resources, written};
    machine.process_event(start{});
    EXPECT_THROW(machine.process_event(fail{}), refusal);
    expect_nothing_is_held();
}

TEST_F(errors_in_machines_of_sml, after_an_exception_a_state_that_is_not_left_takes_its_needs_again_for_the_next_event)
{
    held_machine<plain> machine{resources, written};
    machine.process_event(start{});
    EXPECT_THROW(machine.process_event(fail{}), refusal);
    EXPECT_TRUE(machine.is(sml::state<busy>));
    machine.process_event(work{});
    EXPECT_EQ(written.lines.size(), 1U);
    EXPECT_EQ(resources.status<"a">().active, 1U);
}

TEST_F(errors_in_machines_of_sml, an_action_that_throws_on_the_way_out_has_left_its_state)
{
    held_machine<plain> machine{resources, written};
    machine.process_event(start{});
    EXPECT_THROW(machine.process_event(stop{}), refusal);
    EXPECT_TRUE(machine.is(sml::state<idle>));
    expect_nothing_is_held();
}

TEST_F(errors_in_machines_of_sml, what_comes_back_from_an_action_that_throws_is_looked_at)
{
    held_machine<plain> machine{resources, written};
    machine.process_event(start{});
    EXPECT_THROW(machine.process_event(fail{}), refusal);
    EXPECT_EQ(a.validated, 1);
}

TEST_F(errors_in_machines_of_sml, an_entry_that_cannot_acquire_throws_why_not_and_leaves_nothing_held)
{
    held_machine<plain> machine{resources, written};
    {
        const auto other = resources.acquire<"b">();
        try {
            machine.process_event(start{});
            FAIL() << "it was entered without its needs";
        } catch (const steward::resource_error& error) {
            EXPECT_EQ(error.resource(), "b");
            EXPECT_EQ(error.code(), steward::errc::timed_out);
        }
        EXPECT_EQ(resources.status<"a">().active, 0U);
    }
    expect_nothing_is_held();
}

TEST_F(errors_in_machines_of_sml,
       after_an_entry_that_could_not_acquire_the_next_event_tries_again_before_anything_is_done)
{
    held_machine<plain> machine{resources, written};
    {
        const auto other = resources.acquire<"b">();
        EXPECT_THROW(machine.process_event(start{}), steward::resource_error);
        EXPECT_TRUE(machine.is(sml::state<busy>));
        EXPECT_THROW(machine.process_event(work{}), steward::resource_error);
        EXPECT_TRUE(written.lines.empty());
    }
    machine.process_event(work{});
    EXPECT_EQ(written.lines.size(), 1U);
}

struct with_error_rows {
    auto operator()() const
    {
        using namespace boost::sml;
        const auto no_resource = [](const steward::resource_error& e, diary& d) { d.lines.push_back(e.resource()); };
        const auto was_refused = [](const refusal& e, diary& d) { d.lines.emplace_back(e.what()); };
        return make_transition_table(*state<idle> + event<start> = state<busy>, state<busy> + event<work> / note,
                                     state<busy> + event<fail> / refuse,
                                     state<busy> + exception<steward::resource_error> / no_resource = state<failed>,
                                     state<busy> + exception<refusal> / was_refused);
    }
};

TEST_F(errors_in_machines_of_sml, a_row_for_resource_error_is_taken_where_an_entry_cannot_acquire)
{
    const auto other = resources.acquire<"b">();
    held_machine<with_error_rows> machine{resources, written};
    machine.process_event(start{});
    EXPECT_TRUE(machine.is(sml::state<failed>));
    EXPECT_EQ(written.lines, std::vector<std::string>{"b"});
    EXPECT_EQ(resources.status<"a">().active, 0U);
}

TEST_F(errors_in_machines_of_sml, a_row_for_an_exception_holds_nothing_and_its_state_takes_its_needs_again)
{
    held_machine<with_error_rows> machine{resources, written};
    machine.process_event(start{});
    machine.process_event(fail{});
    EXPECT_EQ(written.lines, std::vector<std::string>{"no"});
    expect_nothing_is_held();
    machine.process_event(work{});
    EXPECT_EQ(written.lines.size(), 2U);
    EXPECT_EQ(resources.status<"a">().active, 1U);
}

struct with_an_entry_and_error_rows {
    auto operator()() const
    {
        using namespace boost::sml;
        const auto no_resource = [](const steward::resource_error& e, diary& d) { d.lines.push_back(e.resource()); };
        return make_transition_table(*state<idle> + event<start> = state<busy>, state<busy> + on_entry<start> / note,
                                     state<busy> + exception<steward::resource_error> / no_resource = state<failed>);
    }
};

TEST_F(errors_in_machines_of_sml, an_entry_that_cannot_acquire_is_tried_once_also_where_it_has_an_action)
{
    const auto other = resources.acquire<"b">();
    held_machine<with_an_entry_and_error_rows> machine{resources, written};
    EXPECT_TRUE(machine.process_event(start{}));
    EXPECT_TRUE(machine.is(sml::state<failed>));
    EXPECT_EQ(written.lines, std::vector<std::string>{"b"});
    EXPECT_EQ(resources.metrics<"b">().timeouts, 1U);
    EXPECT_EQ(resources.status<"a">().active, 0U);
}

struct with_an_entry_that_throws {
    auto operator()() const
    {
        using namespace boost::sml;
        return make_transition_table(*state<idle> + event<start> = state<busy>, state<busy> + on_entry<_> / refuse);
    }
};

TEST_F(errors_in_machines_of_sml, an_on_entry_that_throws_gives_all_back)
{
    held_machine<with_an_entry_that_throws> machine{resources};
    EXPECT_THROW(machine.process_event(start{}), refusal);
    expect_nothing_is_held();
}

} // namespace
