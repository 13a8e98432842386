// SPDX-License-Identifier: BSL-1.0
#include <steward/format.hpp>

#include <gtest/gtest.h>

#include <chrono>

namespace {

using namespace std::chrono_literals;

TEST(format_words, prints_every_enumeration_as_words)
{
    EXPECT_EQ(fmt::format("{} {}", steward::resource_state::busy, steward::resource_state::maintenance),
              "busy maintenance");
    EXPECT_EQ(fmt::format("{}", steward::resource_health::degraded), "degraded");
    EXPECT_EQ(fmt::format("{}", steward::errc::timed_out), "timed out");
    EXPECT_EQ(fmt::format("{}", steward::operation::look_up), "look up");
}

TEST(format_words, takes_the_options_of_texts)
{
    EXPECT_EQ(fmt::format("[{:>8}|{:*<8}|{:^8}]", steward::resource_state::idle, steward::resource_state::idle,
                          steward::resource_state::idle),
              "[    idle|idle****|  idle  ]");
}

TEST(format_words, prints_an_owner_by_its_name)
{
    EXPECT_EQ(fmt::format("{}", steward::owner_id{"load", 42}), "load_42");
    EXPECT_EQ(fmt::format("{}", steward::owner_id{}), "anonymous");
}

TEST(format_duration, chooses_the_unit_that_suits)
{
    EXPECT_EQ(steward::readable(0ns), "0 ns");
    EXPECT_EQ(steward::readable(999ns), "999 ns");
    EXPECT_EQ(steward::readable(1us), "1.00 µs");
    EXPECT_EQ(steward::readable(12'345ns), "12.3 µs");
    EXPECT_EQ(steward::readable(123'456ns), "123 µs");
    EXPECT_EQ(steward::readable(1500us), "1.50 ms");
    EXPECT_EQ(steward::readable(2350ms), "2.35 s");
    EXPECT_EQ(steward::readable(125s), "2 min 5 s");
    EXPECT_EQ(steward::readable(3h + 12min + 40s), "3 h 12 min");
}

TEST(format_duration, rounds_into_the_next_unit)
{
    EXPECT_EQ(steward::readable(9'996ns), "10.0 µs");
    EXPECT_EQ(steward::readable(99'960ns), "100 µs");
    EXPECT_EQ(steward::readable(999'600ns), "1.00 ms");
    EXPECT_EQ(steward::readable(999'600us), "1.00 s");
    EXPECT_EQ(steward::readable(59'949ms), "59.9 s");
    EXPECT_EQ(steward::readable(59'960ms), "1 min 0 s");
}

TEST(format_duration, prints_a_negative_one_with_its_sign)
{
    EXPECT_EQ(steward::readable(-1500us), "-1.50 ms");
    EXPECT_EQ(steward::readable(std::chrono::nanoseconds::min()), steward::readable(-std::chrono::nanoseconds::max()));
}

} // namespace
