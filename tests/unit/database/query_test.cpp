// SPDX-License-Identifier: BSL-1.0
#include "sqlite_fixture.hpp"

#include <range/v3/range/conversion.hpp>
#include <range/v3/view/filter.hpp>
#include <range/v3/view/take.hpp>
#include <range/v3/view/transform.hpp>

#include <algorithm>
#include <numeric>
#include <optional>
#include <ranges>
#include <string>
#include <string_view>
#include <vector>

using namespace steward::test;
using steward::adapters::rows;

static_assert(std::ranges::input_range<rows<int>> && std::ranges::view<rows<int>>);
static_assert(ranges::input_range<rows<int>> && ranges::view_<rows<int>>);

namespace {

// Counts to n, one row a step: whoever reads k rows makes SQLite run k steps.
constexpr std::string_view count_to = "with recursive n(i) as (select 1 union all select i + 1 from n where i < ?) "
                                      "select i from n";

TEST_F(in_memory, a_query_runs_only_as_far_as_it_is_read)
{
    int read = 0;
    for (const int i : db.query<int>(count_to, 1'000'000'000'000)) {
        read = i;
        if (i == 10)
            break;
    }
    EXPECT_EQ(read, 10);
}

TEST_F(in_memory, nothing_runs_before_the_first_row_is_asked_for)
{
    db.execute("create table t (a)");
    auto inserting = db.query<int>("insert into t values (1) returning a");
    EXPECT_EQ(db.query_one<int>("select count(*) from t"), 0);
    EXPECT_EQ(*inserting.begin(), 1);
    EXPECT_EQ(db.query_one<int>("select count(*) from t"), 1);
}

TEST_F(in_memory, a_result_may_be_longer_than_memory_would_like)
{
    std::int64_t sum = 0;
    for (const std::int64_t i : db.query<std::int64_t>(count_to, 100'000))
        sum += i;
    EXPECT_EQ(sum, 5'000'050'000);
}

TEST_F(in_memory, a_result_dropped_half_way_holds_nothing)
{
    db.execute("create table t (a)");
    db.insert("t", std::views::iota(0, 100));
    {
        auto result = db.query<int>("select a from t");
        EXPECT_EQ(*result.begin(), 0);
        EXPECT_EQ(error_of([&] { db.execute("drop table t"); }).code(), database_errc::transaction_state);
    }
    EXPECT_NO_THROW(db.execute("drop table t"));
}

TEST_F(in_memory, a_result_read_to_its_end_holds_nothing)
{
    db.execute("create table t (a)");
    auto result = db.query<int>("select a from t");
    EXPECT_EQ(result.begin(), result.end());
    EXPECT_NO_THROW(db.execute("drop table t"));
}

TEST_F(in_memory, results_may_be_read_side_by_side)
{
    auto first = db.query<int>(count_to, 3), second = db.query<int>(count_to, 3);
    auto a = first.begin(), b = second.begin();
    ++a;
    EXPECT_EQ(*a, 2);
    EXPECT_EQ(*b, 1);
}

TEST_F(in_memory, arguments_of_a_query_may_be_temporaries)
{
    auto result = db.query<std::string>("select ? || ?", std::string(100, 'a'), std::string(100, 'b'));
    EXPECT_EQ(*result.begin(), std::string(100, 'a') + std::string(100, 'b'));
}

TEST_F(in_memory, a_row_may_be_moved_out)
{
    std::vector<std::string> taken;
    for (std::string& text : db.query<std::string>("select 'a long enough text for the heap' union all select 'b'"))
        taken.push_back(std::move(text));
    EXPECT_EQ(taken, (std::vector<std::string>{"a long enough text for the heap", "b"}));
}

TEST_F(in_memory, a_standard_pipeline_is_lazy)
{
    auto pipeline = db.query<int>(count_to, 1'000'000'000'000) | std::views::filter([](int i) { return i % 3 == 0; })
                    | std::views::transform([](int i) { return i * 10; }) | std::views::take(3);
    std::vector<int> read;
    std::ranges::copy(pipeline, std::back_inserter(read));
    EXPECT_EQ(read, (std::vector{30, 60, 90}));
}

TEST_F(in_memory, a_range_v3_pipeline_is_lazy)
{
    const auto read =
        db.query<int>(count_to, 1'000'000'000'000) | ranges::views::filter([](int i) { return i % 3 == 0; })
        | ranges::views::transform([](int i) { return i * 10; }) | ranges::views::take(3) | ranges::to<std::vector>();
    EXPECT_EQ(read, (std::vector{30, 60, 90}));
}

TEST_F(in_memory, an_error_in_the_middle_ends_the_result)
{
    auto result = db.query<int>("select 1 union all select 'two' union all select 3");
    auto row = result.begin();
    EXPECT_EQ(*row, 1);
    EXPECT_EQ(error_of([&] { ++row; }).code(), database_errc::wrong_row);
    EXPECT_EQ(row, result.end());
}

TEST_F(in_memory, a_wrong_number_of_columns_is_found_at_once)
{
    const auto error = error_of([&] { (void)db.query<std::tuple<int, int>>("select 1, 2, 3"); });
    EXPECT_EQ(error.code(), database_errc::wrong_row);
    EXPECT_TRUE(contains(error.what(), "the row type has 2 fields, but the statement returns 3 columns"))
        << error.what();
    EXPECT_THROW((void)db.query<int>("create table t (a)"), database_error) << "no columns at all";
}

TEST_F(in_memory, a_result_expires_when_its_session_goes_back)
{
    db.execute("create table t (a)");
    db.insert("t", std::views::iota(0, 100));
    auto result = db.query<int>("select a from t");
    auto row = result.begin();
    adapter.reset(db);
    EXPECT_EQ(error_of([&] { ++row; }).code(), database_errc::expired);
    EXPECT_NO_THROW(db.execute("drop table t")) << "the next holder meets no open statement";
}

TEST(query_result, may_outlive_its_session)
{
    sqlite_database adapter{{.connection = ":memory:"}};
    std::optional<steward::adapters::session> db;
    db.emplace(steward::adapters::sqlite::open({.connection = ":memory:"}));
    auto result = db->query<int>(count_to, 10);
    auto row = result.begin();
    db.reset();
    EXPECT_EQ(*row, 1) << "what was read stays";
    EXPECT_EQ(error_of([&] { ++row; }).code(), database_errc::expired);
}

TEST(query_result, is_empty_when_it_comes_from_nowhere)
{
    const rows<int> nothing;
    EXPECT_EQ(nothing.begin(), nothing.end());
}

} // namespace
