// SPDX-License-Identifier: BSL-1.0
#include "unit/sml/machines.hpp"

using namespace steward::test;

namespace {

struct idle {};
struct left {
    using needs = steward::needs<"a", "total">;
};
struct right {
    using needs = steward::needs<"b", "total">;
};
struct right_idle {};

struct two_regions {
    auto operator()() const
    {
        using namespace boost::sml;
        const auto add = [](resources_of<left> r) { ++r["total"_r].value; };
        const auto refuse = [] { throw refusal{"no"}; };
        return make_transition_table(*state<idle> + event<start> = state<left>, state<left> + event<work> / add,
                                     state<left> + event<fail> / refuse, state<left> + event<stop> = X,

                                     *state<right_idle> + event<start> = state<right>,
                                     state<right> + event<work> = state<right_idle>);
    }
};

class regions_of_sml : public scene {
public:
    diary written;
};

TEST_F(regions_of_sml, each_region_holds_for_itself)
{
    held_machine<two_regions> machine{resources};
    machine.process_event(start{});
    EXPECT_TRUE(resources.owners<"a">().at(0).starts_with("left_"));
    EXPECT_TRUE(resources.owners<"b">().at(0).starts_with("right_"));
    machine.process_event(work{});
    EXPECT_EQ(resources.status<"a">().active, 1U);
    EXPECT_EQ(resources.status<"b">().active, 0U);
    EXPECT_EQ(resources.acquire<"total">()->value, 1);
    machine.process_event(stop{});
    expect_nothing_is_held();
}

TEST_F(regions_of_sml, an_exception_gives_back_what_all_of_them_hold)
{
    held_machine<two_regions> machine{resources};
    machine.process_event(start{});
    EXPECT_THROW(machine.process_event(fail{}), refusal);
    expect_nothing_is_held();
}

struct inner_first {
    using needs = steward::needs<"a", "b">;
};
struct inner_second {
    using needs = steward::needs<"b", "c">;
};
struct inner {
    auto operator()() const
    {
        using namespace boost::sml;
        const auto note = [](resources_of<inner_second> r, diary& d) {
            d.lines.push_back(std::to_string(r["b"_r].number));
        };
        return make_transition_table(*state<inner_first> + event<work> = state<inner_second>,
                                     state<inner_second> + event<work> / note = X);
    }
};
using held_inner = steward::sml::holding<inner, scene_manager>;

struct outer {
    auto operator()() const
    {
        using namespace boost::sml;
        return make_transition_table(*state<left> + event<start> = state<held_inner>,
                                     state<held_inner> + event<stop> = state<idle>,
                                     state<idle> + event<start> = state<left>);
    }
};

TEST_F(regions_of_sml, a_nested_machine_goes_on_with_what_the_outer_one_holds)
{
    held_machine<outer> machine{resources, written};
    machine.process_event(start{});
    EXPECT_TRUE(machine.is<decltype(sml::state<held_inner>)>(sml::state<inner_first>));
    EXPECT_EQ(acquisitions<"a">(), 1U); // kept from `left`
    EXPECT_EQ(resources.status<"b">().active, 1U);
    machine.process_event(work{});
    EXPECT_EQ(resources.status<"a">().active, 0U);
    EXPECT_EQ(resources.status<"c">().active, 1U);
    EXPECT_EQ(acquisitions<"b">(), 1U);
    machine.process_event(work{});
    EXPECT_EQ(written.lines, std::vector<std::string>{"1"});
    expect_nothing_is_held();
}

TEST_F(regions_of_sml, a_nested_machine_that_is_left_in_the_middle_gives_all_back)
{
    held_machine<outer> machine{resources, written};
    machine.process_event(start{});
    machine.process_event(work{});
    machine.process_event(stop{});
    EXPECT_TRUE(machine.is(sml::state<idle>));
    expect_nothing_is_held();
}

struct nested_from_the_start {
    auto operator()() const
    {
        using namespace boost::sml;
        return make_transition_table(*state<idle> + event<stop> = X, *state<held_inner> + event<stop> = state<right>);
    }
};

TEST_F(regions_of_sml, a_nested_machine_may_be_an_initial_state)
{
    held_machine<nested_from_the_start> machine{resources, written};
    EXPECT_EQ(resources.status<"a">().active, 1U);
    machine.process_event(stop{});
    EXPECT_EQ(resources.status<"a">().active, 0U);
    EXPECT_EQ(acquisitions<"b">(), 1U); // kept for `right`
}

} // namespace
