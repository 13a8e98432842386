// SPDX-License-Identifier: BSL-1.0
#include "postgresql_fixture.hpp"

#include <cmath>
#include <limits>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

using namespace steward::test;
using testing::HasSubstr;

namespace {

using inserting = on_postgresql;

TEST_F(inserting, keeps_every_character_of_texts_and_every_byte_of_blobs)
{
    auto db = open();
    db.execute("create table t (a int, b text, c bytea)");
    using row = std::tuple<int, std::optional<std::string>, std::optional<std::vector<std::byte>>>;
    std::string all;
    for (int c = 1; c != 128; ++c)
        all += static_cast<char>(c);
    std::vector<std::byte> bytes(256);
    for (std::size_t i = 0; i != bytes.size(); ++i)
        bytes[i] = static_cast<std::byte>(i);
    const std::vector<row> rows{{1, all, bytes},          {2, "\\N", std::vector<std::byte>{}},
                                {3, "\\.", std::nullopt}, {4, "", bytes},
                                {5, std::nullopt, bytes}, {6, "Ünï😀\\x41\t", bytes}};
    EXPECT_EQ(db.insert("t", rows), rows.size());
    std::vector<row> read;
    for (row& each : db.query<row>("select * from t order by a"))
        read.push_back(std::move(each));
    EXPECT_EQ(read, rows);
}

TEST_F(inserting, keeps_numbers_exactly)
{
    auto db = open();
    db.execute("create table t (a bigint, b double precision, c bool, d numeric)");
    using row = std::tuple<std::int64_t, double, bool, std::uint64_t>;
    const std::vector<row> rows{{INT64_MIN, 0.1, true, UINT64_MAX},
                                {INT64_MAX, -std::numeric_limits<double>::infinity(), false, 0},
                                {0, std::numeric_limits<double>::denorm_min(), true, 1}};
    db.insert("t", rows);
    std::vector<row> read;
    for (const row& each : db.query<row>("select * from t"))
        read.push_back(each);
    EXPECT_EQ(read, rows);
}

TEST_F(inserting, gives_the_other_columns_their_defaults)
{
    auto db = open();
    db.execute("create table t (a int, b int default 7, c int generated always as identity)");
    db.insert("t", std::vector{1, 2});
    db.insert("t", {"b"}, std::vector{3});
    EXPECT_EQ((db.query_one<std::tuple<int, int, int>>("select sum(a), sum(b), sum(c) from t")),
              (std::tuple{3, 17, 6}));
}

TEST_F(inserting, into_what_copy_does_not_take_works_all_the_same)
{
    auto db = open();
    db.execute("create table t (a int)");
    db.execute("create view v as select a from t");
    db.execute("create table ruled (a int)");
    db.execute("create rule r as on insert to ruled do instead insert into t values (new.a + 10)");
    db.insert("v", std::vector{1, 2});
    db.insert("ruled", std::vector{1});
    EXPECT_EQ(db.query_one<int>("select sum(a) from t"), 14);
}

TEST_F(inserting, into_a_table_with_an_odd_name_in_another_schema_works)
{
    auto db = open();
    db.execute("create table " + schema + ".\"O'dd \"\"name\" (\"a \"\"b\" int)");
    db.insert(schema + ".O'dd \"name", {"a \"b"}, std::vector{1, 2, 3});
    EXPECT_EQ(db.query_one<int>("select count(*) from \"O'dd \"\"name\""), 3);
}

TEST_F(inserting, what_is_wrong_is_refused_as_one_insert_would_be)
{
    auto db = open();
    db.execute("create table t (a int primary key)");
    const std::vector<std::tuple<int, int>> wide{{1, 2}};
    EXPECT_EQ(error_of([&] { db.insert("nowhere", std::vector{1}); }).code(), database_errc::invalid_statement);
    EXPECT_EQ(error_of([&] { db.insert("t", {"b"}, std::vector{1}); }).code(), database_errc::invalid_statement);
    EXPECT_EQ(error_of([&] { db.insert("t", wide); }).code(), database_errc::invalid_statement);
    EXPECT_EQ(error_of([&] { db.insert("t", std::vector{1, 2, 1}); }).code(), database_errc::unique_violation);
    EXPECT_EQ(error_of([&] { db.insert("t", std::vector<std::string>{std::string{"\0", 1}}); }).code(),
              database_errc::wrong_arguments);
    EXPECT_EQ(error_of([&] { db.insert("t", std::vector<std::vector<std::byte>>{{}}); }).code(),
              database_errc::wrong_arguments);
    EXPECT_FALSE(db.in_transaction());
    EXPECT_EQ(db.query_one<int>("select count(*) from t"), 0);
}

TEST_F(inserting, the_session_may_be_used_while_the_rows_come)
{
    auto db = open();
    db.execute("create table t (a int, b text)");
    const std::string filler(1'000, '-');
    std::vector<int> numbers(5'000); // several batches
    auto rows = numbers | std::views::transform([&](int) {
                    return std::pair<int, std::string_view>{db.query_one<int>("select 1"), filler};
                });
    EXPECT_EQ(db.insert("t", rows), 5'000U);
    EXPECT_EQ(db.query_one<int>("select sum(a) from t"), 5'000);
}

TEST_F(inserting, the_rows_may_come_from_a_query_of_the_same_session)
{
    auto db = open();
    db.execute("create table t (a int)");
    EXPECT_EQ(db.insert("t", db.query<int>("select generate_series(1, 300000)")), 300'000U);
    EXPECT_EQ(db.query_one<int>("select count(distinct a) from t"), 300'000);
}

} // namespace
