// SPDX-License-Identifier: BSL-1.0
#include "unit/machines/scene.hpp"

#include <algorithm>

using namespace steward::test;
using steward::arc;
using steward::needs;
using steward::optional;

namespace keeping_test {

using kept_resources = scene;

template <int Number, class Needs>
struct state_with {
    using needs = Needs;
    void operator()(notes& data, auto&) const
    {
        std::string held;
        for (const auto& status : data.resources->status())
            for (const std::string& owner : status.owners)
                held.append(held.empty() ? "" : " ")
                    .append(status.name)
                    .append(1, ':')
                    .append(owner.substr(0, owner.find('_')));
        data.events.push_back(std::move(held));
    }
};
template <class Needs>
struct one : state_with<1, Needs> {
    static constexpr std::string_view name = "one";
};
template <class Needs>
struct two : state_with<2, Needs> {
    static constexpr std::string_view name = "two";
};
template <class First, class Second, class Whole = needs<>, class... Options>
struct two_states {
    using needs = Whole;
    using states = steward::states<one<First>, two<Second>>;
    using arcs = steward::arcs<arc<one<First>, two<Second>, Options...>>;
};

template <class Machine>
std::vector<std::string> events_of(scene_manager& resources)
{
    const auto outcome = steward::run<Machine>(resources, notes{.resources = &resources});
    EXPECT_TRUE(outcome.completed) << outcome.error_message();
    return outcome.data.events;
}
using events = std::vector<std::string>;

TEST_F(kept_resources, stay_held_where_both_states_need_them)
{
    using machine = two_states<needs<"a", "b">, needs<"a", "b", "c">>;
    EXPECT_EQ(events_of<machine>(resources), (events{"a:one b:one", "a:one b:one c:two"}));
    EXPECT_EQ(acquisitions<"a">(), 1U);
    EXPECT_EQ(acquisitions<"b">(), 1U);
    expect_nothing_is_held();
}

TEST_F(kept_resources, are_given_back_where_the_next_state_does_not_need_them)
{
    using machine = two_states<needs<"a", "b">, needs<"b">>;
    EXPECT_EQ(events_of<machine>(resources), (events{"a:one b:one", "b:one"}));
    EXPECT_EQ(acquisitions<"b">(), 1U);
}

TEST_F(kept_resources, are_taken_again_where_something_that_precedes_them_is_newly_needed)
{
    using machine = two_states<needs<"a", "c">, needs<"a", "b", "c">>;
    EXPECT_EQ(events_of<machine>(resources), (events{"a:one c:one", "a:one b:two c:two"}));
    EXPECT_EQ(acquisitions<"a">(), 1U) << "precedes b";
    EXPECT_EQ(acquisitions<"c">(), 2U) << "b had to come first";
    expect_nothing_is_held();
}

TEST_F(kept_resources, that_all_may_share_have_no_place_in_the_order)
{
    using machine = two_states<needs<"total", "d">, needs<"d", "total">>;
    static_cast<void>(events_of<machine>(resources));
    EXPECT_EQ(acquisitions<"d">(), 1U);
    using with_new_total = two_states<needs<"d">, needs<"d", "total">>;
    static_cast<void>(events_of<with_new_total>(resources));
    EXPECT_EQ(acquisitions<"d">(), 2U) << "once more";
}

TEST_F(kept_resources, that_are_optional_are_tried_again_where_they_could_not_be_had)
{
    int attempts = 0;
    b.while_creating = [&] {
        if (++attempts == 1)
            throw refusal{"not now"};
    };
    using machine = two_states<needs<optional("b"), "a">, needs<optional("b"), "a">>;
    EXPECT_EQ(events_of<machine>(resources), (events{"a:one", "a:one b:two"}));
    EXPECT_EQ(acquisitions<"a">(), 1U);
    expect_nothing_is_held();
}

TEST_F(kept_resources, are_held_by_the_machine_for_the_whole_run)
{
    using machine = two_states<needs<>, needs<"b">, needs<"a">>;
    EXPECT_EQ(events_of<machine>(resources).at(0).substr(0, 2), "a:");
    EXPECT_EQ(acquisitions<"a">(), 1U);
    EXPECT_EQ(acquisitions<"b">(), 1U);
    expect_nothing_is_held();
}

TEST_F(kept_resources, of_the_machine_are_not_taken_twice_by_a_state)
{
    using machine = two_states<needs<"a", "b">, needs<"a">, needs<"a">>;
    static_cast<void>(events_of<machine>(resources));
    EXPECT_EQ(acquisitions<"a">(), 1U);
    expect_nothing_is_held();
}

TEST_F(kept_resources, that_the_machine_may_do_without_stay_with_it_if_it_has_them)
{
    using machine = two_states<needs<"b">, needs<>, needs<optional("b")>>;
    const auto held = events_of<machine>(resources);
    EXPECT_EQ(held.at(1), held.at(0)) << "the state did not give back what the machine holds";
    EXPECT_EQ(acquisitions<"b">(), 1U);
    expect_nothing_is_held();
}

TEST_F(kept_resources, that_the_machine_had_to_do_without_are_the_states)
{
    int attempts = 0;
    b.while_creating = [&] {
        if (++attempts == 1)
            throw refusal{"not now"};
    };
    using machine = two_states<needs<"b">, needs<>, needs<optional("b")>>;
    EXPECT_EQ(events_of<machine>(resources), (events{"b:one", ""}));
    expect_nothing_is_held();
}

TEST_F(kept_resources, fail_the_run_before_any_state_where_the_machine_cannot_have_them)
{
    a.create_throws = true;
    using machine = two_states<needs<>, needs<"b">, needs<"a">>;
    const auto outcome = steward::run<machine>(resources, notes{.resources = &resources});
    EXPECT_FALSE(outcome.completed);
    EXPECT_TRUE(outcome.path.empty());
    EXPECT_EQ(outcome.failed_state, "one");
    EXPECT_EQ(outcome.failed_resource(), "a");
    EXPECT_TRUE(outcome.data.events.empty());
}

TEST_F(kept_resources, are_given_back_where_the_next_state_cannot_have_the_rest)
{
    c.create_throws = true;
    using machine = two_states<needs<"a", "b">, needs<"a", "b", "c">>;
    const auto outcome = steward::run<machine>(resources, notes{.resources = &resources});
    EXPECT_EQ(outcome.failed_state, "two");
    EXPECT_EQ(outcome.failed_resource(), "c");
    expect_nothing_is_held();
}

struct nothing_to_do {
    void operator()(notes&) const {}
};
TEST_F(kept_resources, stay_held_on_the_way_of_a_transform)
{
    using machine = two_states<needs<"a", "b">, needs<"a", "b">, needs<>, steward::transform<nothing_to_do{}>>;
    EXPECT_EQ(events_of<machine>(resources), (events{"a:one b:one", "a:one b:one"}));
    using with_needs =
        two_states<needs<"a", "b">, needs<"a", "b">, needs<>, steward::transform<nothing_to_do{}>, needs<"d">>;
    EXPECT_EQ(events_of<with_needs>(resources), (events{"a:one b:one", "a:one b:one"}));
    using out_of_order =
        two_states<needs<"a", "c">, needs<"a", "c">, needs<>, steward::transform<nothing_to_do{}>, needs<"b">>;
    EXPECT_EQ(events_of<out_of_order>(resources), (events{"a:one c:one", "a:one c:two"}));
    expect_nothing_is_held();
}

struct throwing {
    void operator()(notes&) const { throw refusal{"on the way"}; }
};
TEST_F(kept_resources, are_given_back_where_the_transform_throws)
{
    using machine = two_states<needs<"a", "b">, needs<"a", "b">, needs<>, steward::transform<throwing{}>>;
    EXPECT_EQ(steward::run<machine>(resources, notes{.resources = &resources}).failed_state, "one");
    expect_nothing_is_held();
    EXPECT_THROW(
        static_cast<void>(steward::run<machine>(resources, notes{.resources = &resources}, steward::no_history)),
        refusal);
    expect_nothing_is_held();
}

} // namespace keeping_test
