// SPDX-License-Identifier: BSL-1.0
#include "unit/machines/scene.hpp"

#include <array>
#include <functional>

using namespace steward::test;
using steward::arc;
using steward::needs;

namespace faults_test {

template <int Number>
void fail_in(const notes& data)
{
    if (data.number == Number)
        throw refusal{"state " + std::to_string(Number) + " refuses"};
}

struct first {
    using needs = steward::needs<"a", "b">;
    void operator()(const notes& data, auto&) const { fail_in<1>(data); }
};
struct second {
    using needs = steward::needs<"b", "c">;
    void operator()(const notes& data, auto&) const { fail_in<2>(data); }
};
struct third {
    using needs = steward::needs<"a", "c", "d">;
    void operator()(const notes& data, auto&) const { fail_in<3>(data); }
};
struct machine {
    using states = steward::states<first, second, third>;
    using arcs = steward::arcs<arc<first, second>, arc<second, third>>;
};

// A fault of one resource, and the state that is the first to need it.
struct fault {
    char resource;
    const char* state;
};

class machine_faults : public scene, public testing::WithParamInterface<fault> {
public:
    session_log& log()
    {
        switch (GetParam().resource) {
        case 'a': return a;
        case 'b': return b;
        case 'c': return c;
        default: return d;
        }
    }
    void expect_the_next_run_to_complete()
    {
        const auto outcome = steward::run<machine>(resources, notes{});
        EXPECT_TRUE(outcome.completed) << outcome.error_message();
        expect_nothing_is_held();
        for (const session_log* each : {&a, &b, &c, &d})
            EXPECT_LE(each->live(), 1);
    }
};
INSTANTIATE_TEST_SUITE_P(of, machine_faults,
                         testing::Values(fault{'a', "first"}, fault{'b', "first"}, fault{'c', "second"},
                                         fault{'d', "third"}),
                         [](const auto& of) { return std::string{of.param.resource}; });

TEST_P(machine_faults, while_acquiring_are_told_with_state_resource_and_cause)
{
    log().create_throws = true;
    for (const auto& outcome : {steward::run<machine>(resources, notes{}), steward::run<machine>(resources, notes{})}) {
        EXPECT_FALSE(outcome.completed);
        EXPECT_EQ(outcome.failed_state, GetParam().state);
        EXPECT_EQ(outcome.path.back(), GetParam().state);
        EXPECT_EQ(outcome.failed_resource(), std::string{GetParam().resource});
        EXPECT_TRUE(contains(outcome.error_message(), "connection refused")) << outcome.error_message();
        expect_nothing_is_held();
    }
    log().create_throws = false;
    expect_the_next_run_to_complete();
}

TEST_P(machine_faults, while_resetting_cost_the_resource_but_neither_the_run_nor_a_slot)
{
    log().reset_throws = true;
    EXPECT_TRUE(steward::run<machine>(resources, notes{}).completed);
    expect_nothing_is_held();
    EXPECT_EQ(log().live(), 0) << "it was not fit to be lent again";
    log().reset_throws = false;
    expect_the_next_run_to_complete();
}

TEST_P(machine_faults, while_destroying_lose_no_slot)
{
    log().reset_throws = log().destroy_throws = true;
    EXPECT_TRUE(steward::run<machine>(resources, notes{}).completed);
    expect_nothing_is_held();
    log().reset_throws = log().destroy_throws = false;
    expect_the_next_run_to_complete();
}

class a_transform_that_throws : public scene, public testing::WithParamInterface<int> {};
INSTANTIATE_TEST_SUITE_P(in, a_transform_that_throws, testing::Values(1, 2, 3));

TEST_P(a_transform_that_throws, gives_back_everything_in_whatever_state_it_is)
{
    constexpr std::array names{"first", "second", "third"};
    const auto outcome = steward::run<machine>(resources, notes{.number = GetParam()});
    EXPECT_EQ(outcome.failed_state, names[static_cast<std::size_t>(GetParam() - 1)]);
    EXPECT_EQ(outcome.error_message(), "state " + std::to_string(GetParam()) + " refuses");
    EXPECT_EQ(outcome.failed_resource(), "");
    expect_nothing_is_held();
    EXPECT_TRUE(steward::run<machine>(resources, notes{}).completed);
    EXPECT_THROW(static_cast<void>(steward::run<machine>(resources, notes{.number = GetParam()}, steward::no_history)),
                 refusal);
    expect_nothing_is_held();
}

} // namespace faults_test
