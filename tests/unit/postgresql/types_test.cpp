// SPDX-License-Identifier: BSL-1.0
#include "postgresql_fixture.hpp"

#include <chrono>
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>

using namespace steward::test;
using namespace std::chrono_literals;

namespace {

using types = on_postgresql;

TEST_F(types, numeric_is_what_it_is_read_into)
{
    auto db = open();
    const auto read = [&]<class T>(T, const char* number) { return db.query_one<T>("select ?::numeric", number); };
    EXPECT_EQ(read(std::string{}, "12345678901234567890.10"), "12345678901234567890.10");
    EXPECT_EQ(read(std::int64_t{}, "-9223372036854775808.00"), INT64_MIN);
    EXPECT_EQ(read(std::uint64_t{}, "18446744073709551615"), UINT64_MAX);
    EXPECT_EQ(read(double{}, "0.1"), 0.1);
    EXPECT_EQ(read(double{}, "-Infinity"), -std::numeric_limits<double>::infinity());
    EXPECT_TRUE(std::isnan(read(double{}, "NaN")));
    EXPECT_EQ(error_of([&] { static_cast<void>(read(double{}, "1e400")); }).code(), database_errc::wrong_row);
    EXPECT_EQ(read(double{}, "1e-400"), 0.0);
    EXPECT_EQ(error_of([&] { static_cast<void>(read(int{}, "1.5")); }).code(), database_errc::wrong_row);
    EXPECT_EQ(error_of([&] { static_cast<void>(read(std::uint64_t{}, "18446744073709551616")); }).code(),
              database_errc::wrong_row);
}

TEST_F(types, doubles_come_back_as_they_were_also_what_is_not_finite)
{
    auto db = open();
    for (const double number :
         {0.1, -0.0, 1e308, std::numeric_limits<double>::denorm_min(), std::numeric_limits<double>::infinity()})
        EXPECT_EQ(db.query_one<double>("select ?::double precision", number), number);
    EXPECT_TRUE(std::isnan(db.query_one<double>("select ?::double precision", std::nan(""))));
}

TEST_F(types, bool_is_zero_or_one)
{
    auto db = open();
    EXPECT_TRUE(db.query_one<bool>("select ?::bool", true));
    EXPECT_FALSE(db.query_one<bool>("select ?::bool", false));
}

TEST_F(types, others_are_text)
{
    auto db = open();
    EXPECT_EQ(db.query_one<std::string>("select '{\"a\": 1}'::json"), "{\"a\": 1}");
    EXPECT_EQ(db.query_one<std::string>("select array[1, 2]"), "{1,2}");
    EXPECT_EQ(db.query_one<std::string>("select ?::uuid", "00000000-0000-0000-0000-00000000000a"),
              "00000000-0000-0000-0000-00000000000a");
}

TEST_F(types, blobs_are_read_in_either_of_their_forms)
{
    auto db = open();
    const std::vector<std::byte> blob{std::byte{0}, std::byte{'\\'}, std::byte{'a'}, std::byte{0xff}};
    EXPECT_EQ(db.query_one<std::vector<std::byte>>("select ?::bytea", blob), blob);
    db.execute("set bytea_output = escape");
    EXPECT_EQ(db.query_one<std::vector<std::byte>>("select ?::bytea", blob), blob);
}

TEST_F(types, points_in_time_are_in_utc_in_every_column_for_them)
{
    auto db = open();
    using time = std::chrono::sys_time<std::chrono::microseconds>;
    const time when = std::chrono::sys_days{std::chrono::year{2026} / 11 / 28} + 3h + 7us;
    EXPECT_EQ(db.query_one<time>("select ?::timestamptz", when), when);
    EXPECT_EQ(db.query_one<time>("select ?::timestamp", when), when);
    EXPECT_EQ(db.query_one<time>("select ?::date", when), std::chrono::floor<std::chrono::days>(when));
    db.execute("set timezone = 'Asia/Kolkata'");
    EXPECT_EQ(db.query_one<time>("select timestamptz '2026-11-28 03:00:00.000007+00'"), when);
}

} // namespace
