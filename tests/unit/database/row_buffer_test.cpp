// SPDX-License-Identifier: BSL-1.0
#include <row_buffer.hpp>

#include <gtest/gtest.h>

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

using steward::adapters::detail::row_buffer;
using steward::adapters::detail::value;
using steward::adapters::detail::value_kind;

namespace {

TEST(row_buffer, an_empty_one_has_no_next_row) { EXPECT_FALSE(row_buffer{}.next()); }

TEST(row_buffer, gives_rows_in_the_order_in_which_they_came)
{
    row_buffer buffer;
    for (std::int64_t i = 1; i <= 3; ++i)
        buffer.add(std::array{value{i}});
    for (std::int64_t i = 1; i <= 3; ++i) {
        ASSERT_TRUE(buffer.next());
        EXPECT_EQ(buffer.column(0).integer(), i);
    }
    EXPECT_FALSE(buffer.next());
}

TEST(row_buffer, owns_the_bytes_of_texts_and_blobs)
{
    row_buffer buffer;
    {
        std::string text{"a text that is longer than what fits into a string"};
        std::string blob{"\0\xff", 2};
        buffer.add(std::array{value{}, value{std::string_view{text}}, value{2.5}, value{std::as_bytes(std::span{blob})},
                              value{std::string_view{}}});
        text.assign(text.size(), '-');
        blob.assign(blob.size(), '-');
    }
    ASSERT_TRUE(buffer.next());
    EXPECT_EQ(buffer.column(0).kind(), value_kind::null);
    EXPECT_EQ(buffer.column(1).text(), "a text that is longer than what fits into a string");
    EXPECT_EQ(buffer.column(2).real(), 2.5);
    ASSERT_EQ(buffer.column(3).blob().size(), 2U);
    EXPECT_EQ(buffer.column(3).blob()[1], std::byte{0xff});
    EXPECT_EQ(buffer.column(4).kind(), value_kind::text);
    EXPECT_TRUE(buffer.column(4).text().empty());
}

TEST(row_buffer, takes_more_rows_after_its_last_one_was_read)
{
    row_buffer buffer;
    buffer.add(std::array{value{std::int64_t{1}}});
    EXPECT_TRUE(buffer.next());
    EXPECT_FALSE(buffer.next());
    buffer.add(std::array{value{std::int64_t{2}}});
    ASSERT_TRUE(buffer.next());
    EXPECT_EQ(buffer.column(0).integer(), 2);
}

TEST(row_buffer, that_was_cleared_begins_anew)
{
    row_buffer buffer;
    buffer.add(std::array{value{std::int64_t{1}}});
    EXPECT_TRUE(buffer.next());
    buffer.clear();
    EXPECT_FALSE(buffer.next());
}

} // namespace
