// SPDX-License-Identifier: BSL-1.0
#include "unit/lab_report/some_peers.hpp"
#include "unit/lab_report/some_results.hpp"

#include "markdown.hpp"
#include "merge.hpp"
#include "pages.hpp"
#include "peers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using steward::test::read_some_peers;
using steward::test::read_some_results;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

namespace {

lab::results both() { return lab::merged({read_some_results(), read_some_peers()}); }

const lab::measure& measure(std::string_view key)
{
    return *std::ranges::find(lab::measures(), key, &lab::measure::key);
}

std::vector<std::string> names(const lab::peers_table& table)
{
    std::vector<std::string> all;
    for (const lab::subject* one : table.columns)
        all.push_back(one->id);
    return all;
}

TEST(merged_files, hold_what_all_of_them_hold_and_know_its_source)
{
    const auto whole = both();
    EXPECT_EQ(whole.sources.size(), 2U);
    EXPECT_EQ(whole.all.size(), 5U + 4U);
    EXPECT_EQ(whole.all.front().source, 0U);
    EXPECT_EQ(whole.all.back().source, 1U);
    EXPECT_EQ(whole.notes.size(), 2U);
    EXPECT_EQ(whole.compile.size(), 1U);
    EXPECT_EQ(whole.templates.size(), 1U);
}

TEST(merged_files, let_a_subject_run_that_is_missing_in_another_one)
{
    const auto whole = both();
    const auto puddle = std::ranges::find(whole.subjects, "puddle", &lab::subject::id);
    EXPECT_EQ(puddle->missing, "");
    EXPECT_EQ(puddle->version, "2.2.2");
    EXPECT_EQ(std::ranges::count(whole.subjects, "puddle", &lab::subject::id), 1);
}

TEST(merged_files, name_a_subject_after_its_file_if_one_before_measured_the_same)
{
    const auto whole = both();
    EXPECT_EQ(std::ranges::count(whole.subjects, "mutex,none", &lab::subject::id), 1);
    const auto later = std::ranges::find(whole.subjects, "mutex,none (peers.json)", &lab::subject::id);
    ASSERT_NE(later, whole.subjects.end());
    EXPECT_EQ(later->named_after, "peers.json");
    EXPECT_EQ(std::ranges::count(whole.all, later->id, &lab::result::subject), 2);
    EXPECT_EQ(whole.notes.back().subject, later->id);
}

TEST(merged_files, of_the_same_name_are_told_apart_by_their_paths)
{
    const auto whole = lab::merged({read_some_results(), lab::read_results(steward::test::some_peers, "a/peers.json"),
                                    lab::read_results(steward::test::some_peers, "b/peers.json")});
    for (const char* name : {"mutex,none", "mutex,none (peers.json)", "mutex,none (b/peers.json)"})
        EXPECT_EQ(std::ranges::count(whole.subjects, name, &lab::subject::id), 1) << name;
}

TEST(merged_files, must_not_be_the_same_file_twice)
{
    EXPECT_THROW(lab::merged({read_some_results(), read_some_results()}), std::runtime_error);
}

TEST(peers_table, has_what_ran_beside_peers_in_its_columns_and_the_missing_last)
{
    const auto results = read_some_peers();
    const auto table = lab::peers_of(results);
    EXPECT_THAT(names(table), ElementsAre("mutex,none", "puddle", "bb8"));
    EXPECT_EQ(table.stewards, 1U);
    EXPECT_FALSE(table.picked);
    ASSERT_EQ(table.rows.size(), 2U);
    EXPECT_EQ(table.rows[0].configuration.workload, "long_hold");
    EXPECT_EQ(table.rows[0].of[2], nullptr);
}

TEST(peers_table, takes_of_many_combinations_the_one_that_is_best_over_all)
{
    const auto results = read_some_results();
    const auto table = lab::peers_of(results);
    EXPECT_THAT(names(table), ElementsAre("spin,none", "HikariCP", "puddle"));
    EXPECT_TRUE(table.picked);
}

TEST(peers_table, is_empty_without_peers)
{
    auto results = read_some_results();
    std::erase_if(results.all, [](const lab::result& one) { return one.subject == "HikariCP"; });
    EXPECT_THAT(lab::peers_of(results).rows, IsEmpty());
}

TEST(standing, is_first_near_or_behind_by_the_medians)
{
    const auto results = read_some_peers();
    const auto table = lab::peers_of(results);
    const auto& [blocking, hot] = std::pair{table.rows[0], table.rows[1]};
    const auto rate = lab::against_peers(table, blocking, 0, measure("leases_per_s"));
    EXPECT_EQ(rate->verdict, lab::standing::verdict::first);
    EXPECT_DOUBLE_EQ(rate->ratio, 2);
    EXPECT_FALSE(rate->within_noise);
    const auto longest = lab::against_peers(table, blocking, 0, measure("max_ns"));
    EXPECT_EQ(longest->verdict, lab::standing::verdict::behind);
    EXPECT_NEAR(longest->ratio, 1.0 / 3, 1e-12);
    const auto near = lab::against_peers(table, hot, 0, measure("leases_per_s"));
    EXPECT_EQ(near->verdict, lab::standing::verdict::near);
    EXPECT_TRUE(near->within_noise);
}

TEST(standing, of_percentiles_is_told_only_where_holders_block)
{
    auto results = read_some_peers();
    for (auto& one : results.all)
        one.samples["p99_ns"] = {9, 9, 9, 9, 9};
    const auto table = lab::peers_of(results);
    EXPECT_EQ(lab::against_peers(table, table.rows[0], 0, measure("p99_ns"))->verdict, lab::standing::verdict::first);
    EXPECT_FALSE(lab::against_peers(table, table.rows[1], 0, measure("p99_ns")));
}

TEST(standing, is_told_where_some_peer_is_missing)
{
    const auto results = read_some_peers();
    const auto table = lab::peers_of(results);
    EXPECT_DOUBLE_EQ(lab::against_peers(table, table.rows[0], 0, measure("p99_ns"))->ratio, 1);
}

TEST(standing, is_not_told_where_no_peer_was_measured)
{
    const auto results = read_some_peers();
    const auto table = lab::peers_of(results);
    EXPECT_FALSE(lab::against_peers(table, table.rows[1], 0, measure("max_ns")));
}

TEST(markdown, has_the_peers_table_between_its_marks_with_the_machine)
{
    const std::string text = lab::markdown_of(read_some_peers());
    EXPECT_THAT(text, testing::StartsWith("<!-- lab:begin peers -->\n"));
    EXPECT_THAT(text, HasSubstr("| threads on slots | steward | puddle | bb8 |\n| --- | ---: | ---: | ---: |\n"));
    EXPECT_THAT(text, HasSubstr("| long hold, 2 on 2 | **200**, 300 ns | 100, 100 ns | missing |\n"));
    EXPECT_THAT(text, HasSubstr("| hot loop, 1 on 1 | **100 M**, 3.00 µs | 102 M | missing |\n"));
    EXPECT_THAT(
        text, HasSubstr("steward is `mutex,none`. bb8 is missing: a \\| b. Made on a, \"b\", 2 cores; s (c, w, a quick "
                        "run).\n<!-- lab:end peers -->\n"));
    EXPECT_THAT(text, Not(HasSubstr("costs")));
}

TEST(markdown, has_what_a_policy_costs_over_none)
{
    const std::string text = lab::markdown_of(read_some_results());
    EXPECT_THAT(text, HasSubstr("<!-- lab:begin costs -->\n"));
    EXPECT_THAT(text, HasSubstr("| metrics | `counters` | `none` | +1.26 | +0.25 | +32 |\n"));
}

TEST(markdown, has_the_same_for_each_axis_alone)
{
    const std::string text = lab::markdown_of(read_some_results());
    const std::size_t begin = text.find("<!-- lab:begin costs metrics -->\n");
    ASSERT_NE(begin, std::string::npos);
    const std::string metrics = text.substr(begin);
    EXPECT_THAT(metrics, HasSubstr("| policy | over | ns | × exchange | bytes a slot |\n"));
    EXPECT_THAT(metrics, HasSubstr("\n| `counters` | `none` | +1.26 | +0.25 | +32 |\n"));
    EXPECT_THAT(metrics, testing::EndsWith("<!-- lab:end costs metrics -->\n"));
    EXPECT_THAT(metrics, Not(HasSubstr("spin")));
    EXPECT_THAT(text, HasSubstr("<!-- lab:begin costs locking -->\n"));
}

TEST(pages, hold_peers_notes_and_what_compiling_costs)
{
    const std::string page = lab::report_page(both());
    EXPECT_THAT(page, HasSubstr("\"verdict\":\"near\""));
    EXPECT_THAT(page, HasSubstr("\"notes\":[{\"text\":\"why\",\"workload\":\"long_hold\",\"threads\":2}"));
    EXPECT_THAT(page, HasSubstr("\"axis\":\"resources\",\"n\":0,\"seconds\":2.0,\"peak_mib\":9.0"));
    EXPECT_THAT(page, HasSubstr("\"name\":\"t\\u003cint>\",\"seconds\":0.4,\"count\":12"));
    EXPECT_THAT(lab::report_page(read_some_results()), HasSubstr("\"compile\":[]"));
}

} // namespace
