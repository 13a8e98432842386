// SPDX-License-Identifier: BSL-1.0
#include "sqlite_fixture.hpp"

#include <steward/adapters/database/detail/time_text.hpp>

#include <chrono>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>

using namespace steward::test;
using namespace std::chrono_literals;
using steward::adapters::detail::parse_time;
using steward::adapters::detail::time_text;

namespace {

template <class Duration>
using at = std::chrono::sys_time<Duration>;

constexpr at<std::chrono::microseconds> an_instant = std::chrono::sys_days{2026y / 11 / 28} + 2h + 17min + 24s + 500ms;

TEST_F(in_memory, a_point_in_time_comes_back_as_it_went_in)
{
    EXPECT_EQ(db.query_one<at<std::chrono::microseconds>>("select ?", an_instant), an_instant);
    EXPECT_EQ(
        db.query_one<std::optional<at<std::chrono::seconds>>>("select ?", std::optional<at<std::chrono::seconds>>{}),
        std::nullopt);
    const auto now = std::chrono::system_clock::now();
    EXPECT_EQ(db.query_one<std::chrono::system_clock::time_point>("select ?", now),
              std::chrono::floor<std::chrono::microseconds>(now));
}

TEST_F(in_memory, a_point_in_time_is_a_text_that_the_database_understands)
{
    EXPECT_EQ(db.query_one<std::string>("select ?", an_instant), "2026-11-28 02:17:24.500000");
    EXPECT_EQ(db.query_one<std::string>("select ?", std::chrono::sys_days{2026y / 11 / 28}), "2026-11-28 00:00:00");
    EXPECT_EQ(db.query_one<int>("select unixepoch(?)", at<std::chrono::seconds>{1'234'567s}), 1'234'567);
    EXPECT_EQ(db.query_one<at<std::chrono::seconds>>("select datetime(1234567, 'unixepoch')"),
              at<std::chrono::seconds>{1'234'567s});
}

TEST_F(in_memory, the_first_and_the_last_year_survive)
{
    const at<std::chrono::microseconds> first = std::chrono::sys_days{1y / 1 / 1};
    const at<std::chrono::microseconds> last = std::chrono::sys_days{10000y / 1 / 1} - 1us;
    EXPECT_EQ(db.query_one<at<std::chrono::microseconds>>("select ?", first), first);
    EXPECT_EQ(db.query_one<at<std::chrono::microseconds>>("select ?", last), last);
}

TEST_F(in_memory, a_time_outside_of_the_years_1_to_9999_is_refused)
{
    const auto refused = [&](auto when) { return error_of([&] { db.execute("select ?", when); }); };
    for (const auto& error :
         {refused(std::chrono::sys_days{10000y / 1 / 1}), refused(std::chrono::sys_days{0y / 12 / 31}),
          refused(at<std::chrono::days>{std::chrono::days::max()}),
          refused(at<std::chrono::days>{std::chrono::days::min()}),
          refused(at<std::chrono::seconds>{std::chrono::seconds::max()})}) {
        EXPECT_EQ(error.code(), database_errc::wrong_arguments);
        EXPECT_TRUE(contains(error.what(), "in the years 1 to 9999")) << error.what();
    }
}

TEST_F(in_memory, a_time_that_the_type_cannot_hold_exactly_is_an_error)
{
    const auto whole = error_of([&] { (void)db.query_one<at<std::chrono::seconds>>("select ?", an_instant); });
    EXPECT_EQ(whole.code(), database_errc::wrong_row);
    EXPECT_TRUE(contains(whole.what(), "expected a point in time of that precision")) << whole.what();
    EXPECT_EQ(
        error_of([&] { (void)db.query_one<at<std::chrono::nanoseconds>>("select '9999-01-01 00:00:00'"); }).code(),
        database_errc::wrong_row)
        << "nanoseconds end in 2262";
    EXPECT_EQ(error_of([&] { (void)db.query_one<std::chrono::sys_days>("select 'tomorrow'"); }).code(),
              database_errc::wrong_row);
    EXPECT_EQ(error_of([&] { (void)db.query_one<std::chrono::sys_days>("select 20261128"); }).code(),
              database_errc::wrong_row);
}

TEST(time_text, texts_compare_as_times_do)
{
    std::string before;
    for (const std::int64_t time : {-62'135'596'800'000'000LL, -1'500'000LL, -1LL, 0LL, 1LL, 250'000LL, 1'000'000LL}) {
        const std::string text{time_text{time}.view()};
        EXPECT_LT(before, text);
        EXPECT_EQ(parse_time(text), time);
        before = text;
    }
}

TEST(time_text, whatever_databases_and_people_write_is_read)
{
    constexpr std::int64_t expected = 1'795'832'244'000'000; // 2026-11-28 02:17:24
    for (const char* text : {"2026-11-28 02:17:24", "2026-11-28T02:17:24Z", "2026-11-28 02:17:24.000",
                             "2026-11-28 02:17:24+00", "2026-11-28 04:47:24+02:30", "2026-11-27 21:17:24.0000009-05"})
        EXPECT_EQ(parse_time(text), expected) << text;
    EXPECT_EQ(parse_time("2026-11-28"), expected - 8'244'000'000);
    EXPECT_EQ(parse_time("2026-11-28 02:17"), expected - 24'000'000);
    EXPECT_EQ(parse_time("2026-11-28 02:17:24.25"), expected + 250'000);
}

TEST(time_text, everything_else_is_none)
{
    for (const char* text : {"", "2026", "2026-11", "2026-13-01", "2026-02-29", "26-11-28", "2026-11-28 ",
                             "2026-11-28 24:00:00", "2026-11-28 02:60", "2026-11-28 02:17:61", "2026-11-28 02:17:24.",
                             "2026-11-28 02:17:24x", "2026-11-28 02:17:24+", "2026-11-28 02:17:24+5",
                             "2026-11-28 02:17:24Zulu", " 2026-11-28", "2026-11-28 02:17:24 +00", "2026_11_28"})
        EXPECT_EQ(parse_time(text), std::nullopt) << text;
}

} // namespace
