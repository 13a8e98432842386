// SPDX-License-Identifier: BSL-1.0
#include "unit/machines/scene.hpp"

using namespace steward::test;
using steward::arc;
using steward::on_error;

namespace error_arcs_test {

using error_arcs = scene;

struct work {
    using needs = steward::needs<"a", "b">;
    void operator()(notes& data, auto& resources) const
    {
        static_cast<void>(resources["a"_r].number);
        if (data.number == 1)
            throw refusal{"refused"};
        if (data.number == 2)
            throw std::runtime_error{"broken"};
        if (data.number == 3)
            throw 7;
    }
};
struct refused {};
struct broken {};
struct done {};

void take_down(notes& data, const std::runtime_error& error) { data.problem = error.what(); }

struct typed {
    using states = steward::states<work, refused, broken, done>;
    using arcs = steward::arcs<arc<work, done>, arc<work, refused, on_error<refusal>, steward::transform<take_down>>,
                               arc<work, broken, on_error<std::runtime_error>, steward::transform<take_down>>>;
};

TEST_F(error_arcs, lead_on_from_the_first_whose_type_it_is)
{
    const auto well = steward::run<typed>(resources, notes{});
    EXPECT_EQ(well.path, (path{"work", "done"}));

    const auto refused = steward::run<typed>(resources, notes{.number = 1});
    EXPECT_TRUE(refused.completed);
    EXPECT_EQ(refused.path, (path{"work", "refused"}));
    EXPECT_EQ(refused.data.problem, "refused");
    EXPECT_TRUE(refused.failed_state.empty()) << "it was dealt with";

    const auto broken = steward::run<typed>(resources, notes{.number = 2});
    EXPECT_EQ(broken.path, (path{"work", "broken"}));
    EXPECT_EQ(broken.data.problem, "broken");
    expect_nothing_is_held();
}

TEST_F(error_arcs, let_pass_what_is_none_of_theirs)
{
    const auto outcome = steward::run<typed>(resources, notes{.number = 3});
    EXPECT_FALSE(outcome.completed);
    EXPECT_EQ(outcome.failed_state, "work");
    EXPECT_THROW(std::rethrow_exception(outcome.error), int);
    EXPECT_THROW(static_cast<void>(steward::run<typed>(resources, notes{.number = 3}, steward::no_history)), int);
    expect_nothing_is_held();
}

struct catching_all {
    using states = steward::states<work, broken, done>;
    using arcs =
        steward::arcs<arc<work, done>, arc<work, broken, on_error<>,
                                           steward::transform<[](notes& data, const std::exception_ptr& error) {
                                               data.problem = steward::describe(error);
                                           }>>>;
};
TEST_F(error_arcs, without_a_type_catch_everything)
{
    EXPECT_EQ(steward::run<catching_all>(resources, notes{.number = 2}).data.problem, "broken");
    EXPECT_EQ(steward::run<catching_all>(resources, notes{.number = 3}).path, (path{"work", "broken"}));
    EXPECT_EQ(steward::run<catching_all>(resources, notes{.number = 2}, steward::no_history).problem, "broken");
}

struct catching_resources {
    using states = steward::states<work, broken, done>;
    using arcs = steward::arcs<arc<work, done>, arc<work, broken, on_error<steward::resource_error>>>;
};
TEST_F(error_arcs, catch_a_resource_that_cannot_be_had)
{
    b.create_throws = true;
    const auto outcome = steward::run<catching_resources>(resources, notes{});
    EXPECT_EQ(outcome.path, (path{"work", "broken"}));
    EXPECT_EQ(acquisitions<"a">(), 1U) << "it was taken, and given back";
    expect_nothing_is_held();
}

struct looking {
    void operator()(notes& data, auto& held) const
    {
        static_cast<void>(held["a"_r].number); // which the state had
        data.number = static_cast<int>(data.resources->status<"b">().active);
    }
};
struct looking_around {
    using states = steward::states<work, broken, done>;
    using arcs = steward::arcs<arc<work, done>,
                               arc<work, broken, on_error<>, steward::needs<"a">, steward::transform<looking{}>>>;
};
TEST_F(error_arcs, have_their_states_resources_given_back_before_their_own_are_taken)
{
    const auto outcome = steward::run<looking_around>(resources, notes{.number = 2, .resources = &resources});
    EXPECT_TRUE(outcome.completed) << outcome.error_message();
    EXPECT_EQ(outcome.data.number, 0) << "b was still held";
    expect_nothing_is_held();
}

struct guarding {
    using states = steward::states<work, refused, broken, done>;
    using arcs = steward::arcs<arc<work, done>, arc<work, refused, on_error<>, steward::when<&notes::fails>>,
                               arc<work, broken, on_error<>>>;
};
TEST_F(error_arcs, may_be_guarded)
{
    EXPECT_EQ(steward::run<guarding>(resources, notes{.number = 2, .fails = true}).path, (path{"work", "refused"}));
    EXPECT_EQ(steward::run<guarding>(resources, notes{.number = 2}).path, (path{"work", "broken"}));
}

struct throwing_on_the_way {
    using states = steward::states<work, broken, done>;
    using arcs =
        steward::arcs<arc<work, done>,
                      arc<work, broken, on_error<>, steward::transform<[](notes&) { throw refusal{"on the way"}; }>>>;
};
TEST_F(error_arcs, end_the_run_with_what_they_throw_themselves)
{
    const auto outcome = steward::run<throwing_on_the_way>(resources, notes{.number = 2});
    EXPECT_FALSE(outcome.completed);
    EXPECT_EQ(outcome.failed_state, "work");
    EXPECT_EQ(outcome.error_message(), "on the way");
    expect_nothing_is_held();
}

struct catching_whatever {
    using states = steward::states<work, broken, done>;
    using arcs = steward::arcs<arc<work, done>, arc<work, broken, on_error<>>>;
};
TEST_F(error_arcs, are_not_taken_for_a_run_that_is_stopped)
{
    std::stop_source stop;
    stop.request_stop();
    const std::stop_token token = stop.get_token();
    const auto outcome = steward::run<catching_whatever>(resources, notes{}, {.limit = token});
    EXPECT_FALSE(outcome.completed);
    EXPECT_TRUE(outcome.path.empty());
    EXPECT_EQ(outcome.failed_state, "work");
    EXPECT_EQ(outcome.error_message(), "work: not entered: the run was stopped");
}

} // namespace error_arcs_test
