// SPDX-License-Identifier: BSL-1.0
#include "unit/machines/scene.hpp"

using namespace steward::test;
using steward::arc;

namespace execution_test {

struct extract {
    using needs = steward::needs<"a">;
    void operator()(notes& data) const { data.events.push_back("extract"); }
};
struct load {
    using needs = steward::needs<"a", steward::optional("b")>;
    void operator()(notes& data) const
    {
        data.events.push_back("load");
        if (data.fails)
            throw refusal{"refused"};
    }
};
struct done {};
struct etl {
    using needs = steward::needs<"total">;
    using states = steward::states<extract, load, done>;
    using arcs = steward::arcs<arc<extract, load>, arc<load, done>>;
};

class one_execution : public scene {
public:
    using type = steward::execution<etl, scene_manager, notes>;
};

TEST_F(one_execution, stands_before_its_first_state_until_it_steps)
{
    type run{resources, notes{}};
    EXPECT_EQ(run.state(), "extract");
    EXPECT_TRUE(run.history().empty());
    EXPECT_FALSE(run.outcome().completed);
    EXPECT_EQ(acquisitions<"a">(), 0U);
}

TEST_F(one_execution, works_in_one_state_with_every_step)
{
    type run{resources, notes{}};
    EXPECT_TRUE(run.step());
    EXPECT_EQ(run.state(), "load");
    EXPECT_EQ(run.history(), path{"extract"});
    EXPECT_EQ(run.outcome().data.events, std::vector<std::string>{"extract"});
    EXPECT_TRUE(run.step());
    EXPECT_EQ(run.state(), "done");
    EXPECT_FALSE(run.step()) << "that was the last one";
    EXPECT_TRUE(run.state().empty());
    EXPECT_TRUE(run.outcome().completed);
    EXPECT_FALSE(run.step()) << "and so it stays";
    EXPECT_EQ(run.history(), (path{"extract", "load", "done"}));
    expect_nothing_is_held();
}

TEST_F(one_execution, keeps_between_its_steps_what_the_next_state_needs)
{
    type run{resources, notes{}};
    ASSERT_TRUE(run.step());
    EXPECT_EQ(resources.owners<"a">(), std::vector<std::string>{"extract_" + std::to_string(run.number())});
}

TEST_F(one_execution, that_is_given_up_gives_everything_back)
{
    {
        type run{resources, notes{}};
        ASSERT_TRUE(run.step());
    }
    expect_nothing_is_held();
}

TEST_F(one_execution, ends_where_a_state_throws)
{
    type run{resources, notes{.fails = true}};
    EXPECT_TRUE(run.step());
    EXPECT_FALSE(run.step());
    EXPECT_EQ(run.state(), "load");
    EXPECT_EQ(run.outcome().failed_state, "load");
    EXPECT_EQ(run.outcome().error_message(), "refused");
    EXPECT_FALSE(run.step());
    expect_nothing_is_held();
}

TEST_F(one_execution, that_is_stopped_between_two_states_holds_nothing_any_more)
{
    std::stop_source stop;
    const std::stop_token token = stop.get_token();
    type run{resources, notes{}, token};
    ASSERT_TRUE(run.step());
    EXPECT_EQ(resources.status<"a">().active, 1U) << "kept for the next state";
    stop.request_stop();
    EXPECT_FALSE(run.step());
    EXPECT_EQ(run.outcome().failed_state, "load");
    expect_nothing_is_held();
}

struct seen {
    std::string from, to, error;
    std::vector<std::string> held;
    std::uint64_t execution;
};

class an_observer : public scene {
public:
    std::vector<seen> all;
    auto watching()
    {
        return steward::run_options{.observer = [this](const steward::transition& t) {
            EXPECT_LE(t.entered, t.left);
            all.push_back({std::string{t.from},
                           std::string{t.to},
                           steward::describe(t.error),
                           {t.held.begin(), t.held.end()},
                           t.execution});
        }};
    }
};
using names = std::vector<std::string>;

TEST_F(an_observer, is_told_of_each_transition_and_what_was_held)
{
    b.create_throws = true;
    EXPECT_TRUE(steward::run<etl>(resources, notes{}, watching()).completed);
    ASSERT_EQ(all.size(), 3U);
    EXPECT_EQ(all[0].from, "extract");
    EXPECT_EQ(all[0].to, "load");
    EXPECT_EQ(all[0].held, (names{"total", "a"})) << "the machine's and its own";
    EXPECT_EQ(all[1].from, "load");
    EXPECT_EQ(all[1].held, (names{"total", "a"})) << "the optional one could not be had";
    EXPECT_EQ(all[2].from, "done");
    EXPECT_EQ(all[2].to, "") << "the run ends here";
    EXPECT_EQ(all[0].execution, all[2].execution);
}

TEST_F(an_observer, is_told_where_and_why_a_run_failed)
{
    EXPECT_FALSE(steward::run<etl>(resources, notes{.fails = true}, watching()).completed);
    ASSERT_EQ(all.size(), 2U);
    EXPECT_EQ(all[1].from, "load");
    EXPECT_EQ(all[1].to, "");
    EXPECT_EQ(all[1].error, "refused");
    EXPECT_TRUE(all[1].held.empty()) << "all was given back by then";
}

struct inner_step {};
struct inner_end {};
struct inner {
    using needs = steward::needs<"b">;
    using states = steward::states<inner_step, inner_end>;
    using arcs = steward::arcs<arc<inner_step, inner_end>>;
};
struct outer {
    using states = steward::states<inner, done>;
    using arcs = steward::arcs<arc<inner, done>>;
};
TEST_F(an_observer, sees_the_states_of_a_nested_machine_within_it)
{
    EXPECT_TRUE(steward::run<outer>(resources, notes{}, watching()).completed);
    ASSERT_EQ(all.size(), 4U);
    EXPECT_EQ(all[0].from, "inner/inner_step");
    EXPECT_EQ(all[0].to, "inner/inner_end");
    EXPECT_EQ(all[0].held, names{"b"});
    EXPECT_EQ(all[2].from, "inner");
    EXPECT_EQ(all[2].to, "done");
    EXPECT_EQ(all[3].from, "done");
}

} // namespace execution_test
