// SPDX-License-Identifier: BSL-1.0
#include "bounds.hpp"
#include "measure.hpp"
#include "options.hpp"
#include "registry.hpp"
#include "results.hpp"
#include "summary.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>
#include <map>
#include <string>
#include <utility>
#include <vector>

namespace {

using namespace steward::lab;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

lab_case any_case()
{
    options all;
    return wanted(all).front();
}

result made_result()
{
    return {any_case(),
            {{"leases_per_s", {2e8, 1e8, 3e8}},
             {"exchange_ns", {5, 5, 5}},
             {"p50_ns", {40, 40, 40}},
             {"p99_ns", {50, 50, 50}},
             {"max_ns", {6e3, 6e3, 6e3}}}};
}

TEST(lab_results, a_repetition_says_all_that_a_report_needs)
{
    std::vector<std::pair<std::string, double>> values;
    for (int i = 0; i != 100 && values.empty(); ++i) // nothing where another program has the processors
        values = measure_once(any_case(), true);
    std::map<std::string, double> by_name{values.begin(), values.end()};
    for (const char* name : {"leases_per_s", "p50_ns", "p99_ns", "p999_ns", "max_ns", "exchange_ns"})
        EXPECT_GT(by_name[name], 0) << name;
    EXPECT_LT(by_name["allocations_per_lease"], 1.0);
    EXPECT_LE(by_name["p50_ns"], by_name["max_ns"]);
}

TEST(lab_results, a_repetition_without_a_lease_or_a_time_says_nothing)
{
    lab_case each = any_case();
    workload nothing = *each.what, untimed = *each.what;
    nothing.measure = [](measurement&) {};
    untimed.measure = [](measurement& r) { r.leases_per_s = 1; };
    for (const workload& what : {nothing, untimed}) {
        each.what = &what;
        EXPECT_TRUE(measure_once(each, true).empty());
    }
}

TEST(lab_results, json_has_subjects_with_their_axes_and_each_sample)
{
    const machine here{.cpu = "a \"fast\" one", .system = "s", .compiler = "c", .when = "w", .cores = 2};
    EXPECT_THAT(to_json(here, true, {made_result()}),
                AllOf(HasSubstr(R"("cpu": "a \"fast\" one", "cores": 2)"), HasSubstr(R"("quick": true)"),
                      HasSubstr(R"("axes": {"locking": ")"), HasSubstr(R"("workload": "hot_loop", "threads": 1)"),
                      HasSubstr(R"("leases_per_s": [2e+08, 1e+08, 3e+08])")));
}

TEST(lab_results, a_summary_has_colours_only_if_asked)
{
    EXPECT_THAT(summary_of({made_result()}, false), AllOf(HasSubstr("hot_loop, 1 on 1"), Not(HasSubstr("\033"))));
    EXPECT_THAT(summary_of({made_result()}, true), HasSubstr("\033"));
}

TEST(lab_bounds, of_one_thread_are_measured_in_turns)
{
    const result made = made_result();
    const std::string id = id_of(*made.of.subject);
    const bound wide{"hot_loop", 1, id, "", 1e6}, narrow{"hot_loop", 1, id, "", 1e-6};
    const bound against_itself{"hot_loop", 1, id, id, 1e3};
    EXPECT_TRUE(check(std::array{wide, against_itself}, {made}).holds);
    EXPECT_FALSE(check(std::array{wide, narrow}, {made}).holds);
    EXPECT_THAT(check(std::array{narrow}, {made}).text, HasSubstr("allowed 0.00  MISSED"));
}

TEST(lab_bounds, of_several_threads_compare_the_best_repetitions)
{
    result one = made_result(), other = made_result();
    one.of.who.threads = other.of.who.threads = 2;
    other.of.subject = &all_subjects().back();
    other.samples["leases_per_s"] = {1.5e8, 1e8};
    const std::string id = id_of(*one.of.subject), other_id = id_of(*other.of.subject);
    ASSERT_NE(id, other_id);
    const bound wide{"hot_loop", 2, id, other_id, 0.6}, narrow{"hot_loop", 2, id, other_id, 0.4};
    EXPECT_TRUE(check(std::array{wide}, {one, other}).holds);
    EXPECT_FALSE(check(std::array{wide, narrow}, {one, other}).holds);
    EXPECT_THAT(check(std::array{narrow}, {one, other}).text, HasSubstr("0.50, allowed 0.40  MISSED"));

    const bound against_the_exchange{"hot_loop", 2, id, "", 1}; // 6.7 ns in the best repetition, and 5 ns
    EXPECT_THAT(check(std::array{against_the_exchange}, {one}).text, HasSubstr("1.33, allowed 1.00  MISSED"));
}

TEST(lab_bounds, that_were_not_measured_do_not_hold)
{
    const result made = made_result();
    const std::string id = id_of(*made.of.subject);
    EXPECT_THAT(check(std::array{bound{"hot_loop", 2, id, "", 9}}, {made}).text, HasSubstr("not measured  MISSED"));
    EXPECT_THAT(check(std::array{bound{"hot_loop", 1, id, "another", 9}}, {made}).text,
                HasSubstr("not measured  MISSED"));
}

} // namespace
