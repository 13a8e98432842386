// SPDX-License-Identifier: BSL-1.0
#include "query.hpp"

#include <gtest/gtest.h>

using namespace steward::adapters::detail;

namespace {

TEST(http_query, has_all_encoded_that_could_mean_something)
{
    EXPECT_EQ(encoded_component("aZ09-._~"), "aZ09-._~");
    EXPECT_EQ(encoded_component("a b&c=d+e/f?g#h%i"), "a%20b%26c%3Dd%2Be%2Ff%3Fg%23h%25i");
    EXPECT_EQ(encoded_component("ä\r\n"), "%C3%A4%0D%0A");
}

TEST(http_query, gets_a_parameter_unless_it_has_it)
{
    EXPECT_EQ(with_parameter("/x", "k", "v"), "/x?k=v");
    EXPECT_EQ(with_parameter("/x?", "k", "v"), "/x?k=v");
    EXPECT_EQ(with_parameter("/x?a=1", "a k", "&"), "/x?a=1&a%20k=%26");
    EXPECT_EQ(with_parameter("/x?a=1&k", "k", "v"), "/x?a=1&k");
    EXPECT_EQ(with_parameter("/x?%6b=2", "k", "v"), "/x?%6b=2");
    EXPECT_EQ(with_parameter("/x?kk=2", "k", "v"), "/x?kk=2&k=v");
}

TEST(http_query, loses_a_parameter_whatever_it_is_written_like)
{
    EXPECT_EQ(without_parameter("/x", "k"), "/x");
    EXPECT_EQ(without_parameter("/x?k=v", "k"), "/x");
    EXPECT_EQ(without_parameter("/x?a=1&k=v&b=2&%6B=w&k", "k"), "/x?a=1&b=2");
    EXPECT_EQ(without_parameter("/x?a+k=1&a%20k=2&%zz=3", "a k"), "/x?%zz=3");
}

} // namespace
