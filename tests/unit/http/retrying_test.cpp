// SPDX-License-Identifier: BSL-1.0
#include "retrying.hpp"

#include <gtest/gtest.h>

#include <chrono>

using namespace std::chrono_literals;
using steward::adapters::detail::backoff;
using steward::adapters::detail::is_idempotent;
using steward::adapters::detail::may_change;
using steward::adapters::detail::retry_after;

namespace {

TEST(retrying, pauses_for_a_random_part_of_a_time_that_doubles)
{
    EXPECT_EQ(backoff(100ms, 0, 1), 100ms);
    EXPECT_EQ(backoff(100ms, 1, 1), 200ms);
    EXPECT_EQ(backoff(100ms, 5, 0.5), 1'600ms);
    EXPECT_EQ(backoff(100ms, 5, 0), 0ms);
    EXPECT_EQ(backoff(0ms, 5, 1), 0ms);
}

TEST(retrying, after_very_many_tries_pauses_for_a_time_that_can_be_counted)
{
    EXPECT_GT(backoff(24h, 4'000'000'000U, 1), 24h);
    EXPECT_GT(backoff(24h, 4'000'000'000U, 0.5), 24h);
}

TEST(retrying, waits_as_many_seconds_as_the_server_says)
{
    const auto now = std::chrono::system_clock::now();
    EXPECT_EQ(retry_after("120", now), 120s);
    EXPECT_EQ(retry_after("0", now), 0s);
    EXPECT_GT(retry_after("4294967295", now), 24h);
}

TEST(retrying, waits_until_the_date_that_the_server_says)
{
    using namespace std::chrono;
    const sys_seconds now = sys_days{1994y / November / 6} + 8h + 49min + 7s;
    EXPECT_EQ(retry_after("Sun, 06 Nov 1994 08:49:37 GMT", now), 30s);
    EXPECT_EQ(retry_after("Sat, 05 Nov 1994 08:49:37 GMT", now), 0s) << "it is over";
}

TEST(retrying, does_not_understand_anything_else)
{
    const auto now = std::chrono::system_clock::now();
    for (const char* text :
         {"", "soon", "-1", "1.5", "99999999999", "Sun, 32 Nov 1994 08:49:37 GMT", "Sun, 06 Foo 1994 08:49:37 GMT",
          "Sun, 06 Nov 1994 24:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun, 06 Nov 1994 08:49:37 CET"})
        EXPECT_FALSE(retry_after(text, now)) << text;
}

TEST(retrying, knows_what_may_be_repeated)
{
    for (const char* method : {"GET", "HEAD", "PUT", "DELETE"})
        EXPECT_TRUE(is_idempotent(method)) << method;
    for (const char* method : {"POST", "PATCH", "get", ""})
        EXPECT_FALSE(is_idempotent(method)) << method;
    for (const int status : {408, 425, 429, 500, 502, 503, 504, 529})
        EXPECT_TRUE(may_change(status)) << status;
    for (const int status : {200, 204, 301, 400, 401, 404, 501, 505})
        EXPECT_FALSE(may_change(status)) << status;
}

} // namespace
