// SPDX-License-Identifier: BSL-1.0
#include "mysql_fixture.hpp"

#include <gtest/gtest.h>

#include <chrono>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace steward::test {
namespace {

using mysql_types = mysql_session;
using bytes = std::vector<std::byte>;
using std::string;

TEST_F(mysql_types, integers_keep_their_limits)
{
    db->execute("create temporary table t (i bigint, u bigint unsigned, s tinyint, y year, b tinyint(1))");
    constexpr auto least = std::numeric_limits<std::int64_t>::min();
    constexpr auto most = std::numeric_limits<std::uint64_t>::max();
    db->execute("insert into t values (?, ?, ?, ?, ?)", least, most, -128, 2026, true);
    using row = std::tuple<std::int64_t, std::uint64_t, std::int8_t, int, bool>;
    EXPECT_EQ(db->query_one<row>("select * from t"), (row{least, most, std::int8_t{-128}, 2026, true}));
    EXPECT_EQ(error_of([&] { static_cast<void>(db->query_one<std::int64_t>("select u from t")); }).code(),
              database_errc::wrong_row);
}

TEST_F(mysql_types, decimals_are_read_as_what_is_wanted)
{
    const string all = "select cast(? as decimal(30, 2))";
    EXPECT_EQ(db->query_one<string>(all, "-1234567890123456789012345.50"), "-1234567890123456789012345.50");
    EXPECT_EQ(db->query_one<std::int64_t>(all, "9007199254740993"), 9007199254740993);
    EXPECT_EQ(db->query_one<std::uint64_t>(all, "18446744073709551615"), 18446744073709551615U);
    EXPECT_DOUBLE_EQ(db->query_one<double>(all, "12.5"), 12.5);
    EXPECT_EQ(db->query_one<int>("select sum(n) from (select 1 as n union all select 2) t"), 3);
    EXPECT_EQ(error_of([&] { static_cast<void>(db->query_one<std::int64_t>(all, "9007199254740993.5")); }).code(),
              database_errc::wrong_row);
}

TEST_F(mysql_types, bits_are_integers)
{
    db->execute("create temporary table t (one bit(1), many bit(64), some bit(9))");
    db->execute("insert into t values (?, ?, ?)", true, std::uint64_t{1} << 63, 300);
    using row = std::tuple<bool, std::uint64_t, int>;
    EXPECT_EQ(db->query_one<row>("select * from t"), (row{true, std::uint64_t{1} << 63, 300}));
}

TEST_F(mysql_types, floating_point_numbers_keep_their_bits)
{
    db->execute("create temporary table t (d double, f float)");
    using row = std::tuple<double, float>;
    for (const row& each : {row{0.1, 0.1F}, row{-0.0, 1e-30F}, row{std::numeric_limits<double>::max(), 3.4e38F}}) {
        db->execute("delete from t");
        db->execute("insert into t values (?, ?)", std::get<0>(each), std::get<1>(each));
        EXPECT_EQ(db->query_one<row>("select * from t"), each);
    }
}

TEST_F(mysql_types, what_is_no_number_is_refused)
{
    for (const double each : {std::nan(""), HUGE_VAL, -HUGE_VAL})
        EXPECT_EQ(error_of([&] { db->execute("select ?", each); }).code(), database_errc::wrong_arguments);
}

TEST_F(mysql_types, empty_is_not_null)
{
    db->execute("create temporary table t (t text, b blob, n text)");
    db->execute("insert into t values (?, ?, ?)", "", bytes{}, nullptr);
    using row = std::tuple<string, std::optional<bytes>, std::optional<string>>;
    EXPECT_EQ(db->query_one<row>("select * from t"), (row{"", bytes{}, std::nullopt}));
    EXPECT_EQ(error_of([&] { static_cast<void>(db->query_one<string>("select n from t")); }).code(),
              database_errc::wrong_row);
}

TEST_F(mysql_types, texts_of_any_kind_are_text)
{
    db->execute("create temporary table t (c char(3), v varchar(20), e enum('a', 'b'), s set('x', 'y'), j json)");
    db->execute("insert into t values (?, ?, ?, ?, ?)", "abc", "😀 'x' \\ \"y\"", "b", "x,y", R"({"a": 1})");
    using row = std::tuple<string, string, string, string, string>;
    EXPECT_EQ(db->query_one<row>("select * from t"), (row{"abc", "😀 'x' \\ \"y\"", "b", "x,y", R"({"a": 1})"}));
}

TEST_F(mysql_types, bytes_of_any_kind_are_blobs)
{
    bytes all;
    for (int i = 0; i != 256; ++i)
        all.push_back(static_cast<std::byte>(i));
    db->execute("create temporary table t (v varbinary(256), b blob, f binary(2))");
    db->execute("insert into t values (?, ?, ?)", all, all, bytes(2));
    using row = std::tuple<bytes, bytes, bytes>;
    EXPECT_EQ(db->query_one<row>("select * from t"), (row{all, all, bytes(2)}));
}

TEST_F(mysql_types, ten_megabytes_travel_both_ways_among_short_ones)
{
    db->execute("create temporary table t (n int, t longtext, b longblob)");
    const string text(10'000'000, 'x');
    const bytes blob(10'000'000, std::byte{0x80});
    db->execute("insert into t values (1, ?, ?), (2, 'short', 'short'), (3, null, null)", text, blob);
    using row = std::tuple<std::optional<string>, std::optional<bytes>>;
    std::vector<std::size_t> sizes;
    for (const auto& [t, b] : db->query<row>("select t, b from t order by n"))
        sizes.insert(sizes.end(), {t.value_or("").size(), b.value_or(bytes{}).size()});
    EXPECT_EQ(sizes, (std::vector<std::size_t>{10'000'000, 10'000'000, 5, 5, 0, 0}));
}

TEST_F(mysql_types, points_in_time_keep_their_microseconds)
{
    using namespace std::chrono;
    const sys_time<microseconds> when = sys_days{2026y / 11 / 28} + 2h + 17min + 24s + 123456us;
    db->execute("create temporary table t (d datetime(6), t timestamp(6) null, day date, text text)");
    db->execute("insert into t values (?, ?, ?, ?)", when, when, sys_days{2026y / 11 / 28}, when);
    using row = std::tuple<sys_time<microseconds>, sys_time<microseconds>, sys_days, string>;
    EXPECT_EQ(db->query_one<row>("select * from t"),
              (row{when, when, sys_days{2026y / 11 / 28}, "2026-11-28 02:17:24.123456"}));
}

TEST_F(mysql_types, times_are_read_as_the_server_writes_them)
{
    db->execute("create temporary table t (d datetime, s datetime(3), day date, t time, f time(2))");
    db->execute("insert into t values ('2026-11-28 02:17:24', '0001-02-03 04:05:06.789', '9999-12-31', "
                "'-838:59:59', '01:02:03.45')");
    using row = std::tuple<string, string, string, string, string>;
    EXPECT_EQ(db->query_one<row>("select * from t"),
              (row{"2026-11-28 02:17:24", "0001-02-03 04:05:06.789", "9999-12-31", "-838:59:59", "01:02:03.45"}));
}

TEST_F(mysql_types, a_zero_date_is_text_and_no_point_in_time)
{
    db->execute("create temporary table t (d datetime, day date)");
    db->execute("insert ignore into t values ('0000-00-00 00:00:00', '0000-00-00')");
    using row = std::tuple<string, string>;
    EXPECT_EQ(db->query_one<row>("select * from t"), (row{"0000-00-00 00:00:00", "0000-00-00"}));
    const auto read = [&] { static_cast<void>(db->query_one<std::chrono::sys_seconds>("select d from t")); };
    EXPECT_EQ(error_of(read).code(), database_errc::wrong_row);
}

TEST_F(mysql_types, columns_may_change_between_two_runs_of_a_statement)
{
    db->execute("create table changing (n int)");
    db->execute("insert into changing values (7)");
    EXPECT_EQ(db->query_one<int>("select * from changing"), 7);
    db->execute("alter table changing modify n varchar(10)");
    EXPECT_EQ(db->query_one<string>("select * from changing"), "7");
    db->execute("alter table changing add m int default 8");
    const auto read = [&] { static_cast<void>(db->query_one<string>("select * from changing")); };
    EXPECT_EQ(error_of(read).code(), database_errc::wrong_row);
    using row = std::tuple<string, int>;
    EXPECT_EQ(db->query_one<row>("select * from changing"), (row{"7", 8}));
    db->execute("drop table changing");
}

TEST_F(mysql_types, null_as_such_is_null)
{
    EXPECT_EQ(db->query_one<std::optional<int>>("select null"), std::nullopt);
    EXPECT_EQ(db->query_one<std::optional<string>>("select ?", nullptr), std::nullopt);
}

} // namespace
} // namespace steward::test
