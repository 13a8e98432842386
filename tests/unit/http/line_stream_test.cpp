// SPDX-License-Identifier: BSL-1.0
#include <steward/adapters/http/error.hpp>
#include <steward/adapters/http/line_stream.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

using namespace steward::adapters;
using testing::ElementsAre;
using testing::IsEmpty;

namespace {

using lines = std::vector<std::string>;

/// The lines of a body that comes in pieces of this size.
lines lines_of(std::string_view body, std::size_t piece, std::size_t max_line = 1 << 20)
{
    lines found;
    const auto sink = [&](std::string_view line) { found.emplace_back(line); };
    line_stream stream{max_line};
    for (; !body.empty(); body.remove_prefix(std::min(piece, body.size())))
        stream.feed(body.substr(0, piece), sink);
    stream.finish(sink);
    return found;
}

TEST(line_stream, gives_the_same_lines_wherever_the_body_was_cut)
{
    constexpr std::string_view body = "{\"a\": 1}\n{\"b\": 2}\r\n\n\r\n{\"c\\r\": 3}\n x\ry \nlast";
    for (std::size_t piece = 1; piece <= body.size(); ++piece)
        EXPECT_THAT(lines_of(body, piece), ElementsAre("{\"a\": 1}", "{\"b\": 2}", "{\"c\\r\": 3}", " x\ry ", "last"))
            << piece;
}

TEST(line_stream, gives_the_last_line_once)
{
    EXPECT_THAT(lines_of("a\nb\n", 100), ElementsAre("a", "b"));
    EXPECT_THAT(lines_of("a\nb", 100), ElementsAre("a", "b"));
    EXPECT_THAT(lines_of("a\nb\r", 100), ElementsAre("a", "b"));
    EXPECT_THAT(lines_of("\r", 100), IsEmpty());
    EXPECT_THAT(lines_of("", 100), IsEmpty());
}

TEST(line_stream, gives_a_line_as_soon_as_it_ends)
{
    lines found;
    const auto sink = [&](std::string_view line) { found.emplace_back(line); };
    line_stream stream;
    stream.feed("a\nb", sink);
    EXPECT_THAT(found, ElementsAre("a"));
    stream.feed("\n", sink);
    EXPECT_THAT(found, ElementsAre("a", "b"));
    stream.feed("", sink);
    stream.finish(sink);
    stream.finish(sink);
    EXPECT_THAT(found, ElementsAre("a", "b"));
}

TEST(line_stream, ends_when_the_sink_has_enough)
{
    lines found;
    const auto first = [&](std::string_view line) {
        found.emplace_back(line);
        return false;
    };
    line_stream stream;
    EXPECT_TRUE(stream.feed("a", first));
    EXPECT_FALSE(stream.feed("\nb\nc", first));
    EXPECT_THAT(found, ElementsAre("a"));
}

TEST(line_stream, refuses_a_line_that_is_too_long)
{
    for (const std::size_t piece : {1U, 2U, 100U}) {
        EXPECT_THAT(lines_of("1234\n5678\n", piece, 4), ElementsAre("1234", "5678"));
        try {
            static_cast<void>(lines_of("1234\nsecret\n", piece, 4));
            FAIL();
        } catch (const http_error& error) {
            EXPECT_EQ(error.code(), http_errc::too_large);
            EXPECT_STREQ(error.what(), "response too large: expected lines of at most 4 bytes");
        }
    }
    EXPECT_THROW(static_cast<void>(lines_of("12345", 1, 4)), http_error);
}

} // namespace
