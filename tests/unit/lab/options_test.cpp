// SPDX-License-Identifier: BSL-1.0
#include "options.hpp"
#include "registry.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace steward::lab;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;

options parsed(std::vector<std::string> arguments)
{
    std::vector<char*> pointers;
    for (std::string& each : arguments)
        pointers.push_back(each.data());
    return parse(pointers);
}

std::vector<std::string> ids(const std::vector<lab_case>& cases)
{
    std::vector<std::string> result;
    for (const lab_case& each : cases)
        result.push_back(id_of(*each.subject));
    return result;
}

std::string refusal(std::vector<std::string> arguments)
{
    try {
        static_cast<void>(wanted(parsed(std::move(arguments))));
    } catch (const std::invalid_argument& error) {
        return error.what();
    }
    return "none";
}

TEST(lab_options, the_beginning_of_a_workloads_name_will_do)
{
    EXPECT_THAT(parsed({"--workload=burst,hot"}).workloads, ElementsAre("bursts", "hot_loop"));
}

TEST(lab_options, the_whole_name_of_a_policy_means_no_other)
{
    EXPECT_THAT(parsed({"--health=none"}).policies[2], ElementsAre("none"));
}

TEST(lab_options, what_is_not_there_is_refused_by_what_there_is)
{
    EXPECT_THAT(refusal({"--locking=lock_fre,bised"}),
                AllOf(HasSubstr("--locking"), HasSubstr("'bised'"), HasSubstr("lock_free, none")));
    EXPECT_THAT(refusal({"--quik"}), HasSubstr("'--quik'"));
    EXPECT_THAT(refusal({"--repetitions=many"}), HasSubstr("a number"));
}

TEST(lab_options, filters_of_several_axes_hold_together)
{
    const auto cases = wanted(parsed(
        {"--workload=hot_loop", "--locking=none", "--metrics=counters", "--ownership=tracked", "--health=none"}));
    EXPECT_THAT(ids(cases), ElementsAre("none,bounded,none,counters,tracked,overtaking"));
}

TEST(lab_options, filters_that_leave_nothing_are_refused)
{
    EXPECT_THAT(refusal({"--workload=bursts"}), HasSubstr("nothing is left"));
}

TEST(lab_cases, without_locking_there_is_one_thread)
{
    for (const lab_case& each : wanted(parsed({"--locking=none"})))
        EXPECT_EQ(each.who.threads, 1U);
}

TEST(lab_cases, a_quick_run_measures_waiting_only_where_waiting_differs)
{
    EXPECT_THAT(
        ids(wanted(parsed({"--quick", "--workload=long_hold", "--locking=lock_free"}))),
        ElementsAre("lock_free,transient,none,none,none,overtaking", "lock_free,transient,none,none,none,overtaking"));
}

} // namespace
