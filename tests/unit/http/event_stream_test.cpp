// SPDX-License-Identifier: BSL-1.0
//
// What the HTML standard says of event streams (9.2.6), and its own examples.
#include <steward/adapters/http/error.hpp>
#include <steward/adapters/http/event_stream.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <ostream>
#include <string>
#include <string_view>
#include <vector>

using namespace steward::adapters;
using namespace std::chrono_literals;
using namespace std::string_view_literals;
using testing::ElementsAre;
using testing::IsEmpty;

namespace {

struct seen {
    std::string type, data, id;
    bool operator==(const seen&) const = default;
    friend std::ostream& operator<<(std::ostream& out, const seen& event)
    {
        return out << event.type << " '" << event.data << "' " << event.id;
    }
};

seen message(std::string data, std::string id = {}) { return {"message", std::move(data), std::move(id)}; }

void feed(event_stream& stream, std::string_view body, std::size_t piece, std::vector<seen>& events)
{
    for (; !body.empty(); body.remove_prefix(std::min(piece, body.size())))
        stream.feed(body.substr(0, piece), [&](const server_sent_event& event) {
            events.emplace_back(std::string{event.type}, std::string{event.data}, std::string{event.id});
        });
}

/// The events of a body, which are the same in whatever pieces it comes.
std::vector<seen> events_of(std::string_view body)
{
    std::vector<seen> whole;
    event_stream stream;
    feed(stream, body, body.size(), whole);
    for (std::size_t piece = 1; piece < body.size(); ++piece) {
        std::vector<seen> cut;
        event_stream again;
        feed(again, body, piece, cut);
        EXPECT_EQ(cut, whole) << piece;
        EXPECT_EQ(again.last_id(), stream.last_id()) << piece;
        EXPECT_EQ(again.retry(), stream.retry()) << piece;
    }
    return whole;
}

TEST(event_stream, gives_the_data_of_events)
{
    EXPECT_THAT(events_of("data: This is the first message.\n\n"
                          "data: This is the second message, it\ndata: has two lines.\n\n"
                          "data: This is the third message.\n\n"),
                ElementsAre(message("This is the first message."),
                            message("This is the second message, it\nhas two lines."),
                            message("This is the third message.")));
}

TEST(event_stream, gives_the_type_of_an_event_alone)
{
    EXPECT_THAT(events_of("event: add\ndata: 73857293\n\nevent: remove\nevent: \ndata: 2153\n\nevent: lost\n\n"
                          "event:  spaced \ndata: 113411\n\n"),
                ElementsAre(seen{"add", "73857293", ""}, message("2153"), seen{" spaced ", "113411", ""}));
}

TEST(event_stream, gives_the_last_id_to_all_events_behind_it)
{
    EXPECT_THAT(events_of(": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n"
                          "id: 4\n\ndata: fourth\n\n"),
                ElementsAre(message("first event", "1"), message("second event"), message(" third event"),
                            message("fourth", "4")));
    EXPECT_THAT(events_of("id: 1\nid: a\0b\ndata: x\n\n"sv), ElementsAre(message("x", "1")));
}

TEST(event_stream, knows_an_id_when_its_event_has_ended)
{
    std::vector<seen> events;
    event_stream stream;
    feed(stream, "id: 7\n", 100, events);
    EXPECT_EQ(stream.last_id(), "");
    feed(stream, "\n", 100, events);
    EXPECT_EQ(stream.last_id(), "7");
    EXPECT_THAT(events, IsEmpty());
}

TEST(event_stream, gives_an_event_for_a_field_data_alone_and_none_for_one_that_has_no_end)
{
    EXPECT_THAT(events_of("data\n\ndata\ndata\n\ndata:"), ElementsAre(message(""), message("\n")));
    EXPECT_THAT(events_of("data:test\n\ndata: test\n\n"), ElementsAre(message("test"), message("test")));
    EXPECT_THAT(events_of("data: cut\n"), IsEmpty());
    EXPECT_THAT(events_of("\n\n\n"), IsEmpty());
    EXPECT_THAT(events_of(""), IsEmpty());
}

TEST(event_stream, ends_lines_by_lf_cr_and_both)
{
    const auto both = ElementsAre(message("a\nb"), message("c"));
    EXPECT_THAT(events_of("data: a\ndata: b\n\ndata: c\n\n"), both);
    EXPECT_THAT(events_of("data: a\rdata: b\r\rdata: c\r\r"), both);
    EXPECT_THAT(events_of("data: a\r\ndata: b\r\n\r\ndata: c\r\n\r\n"), both);
    EXPECT_THAT(events_of("data: a\ndata: b\r\r\ndata: c\r\n\r"), both);
}

TEST(event_stream, gives_an_event_that_ended_with_cr_without_waiting_for_more)
{
    std::vector<seen> events;
    event_stream stream;
    feed(stream, "data: a\r\r", 100, events);
    EXPECT_THAT(events, ElementsAre(message("a")));
    feed(stream, "", 100, events);
    feed(stream, "\ndata: b\n\n", 100, events);
    EXPECT_THAT(events, ElementsAre(message("a"), message("b")));
}

TEST(event_stream, leaves_out_one_byte_order_mark)
{
    EXPECT_THAT(events_of("\xef\xbb\xbf"
                          "data: a\n\n"),
                ElementsAre(message("a")));
    EXPECT_THAT(events_of("\xef\xbb\xbf\xef\xbb\xbf"
                          "data: a\n\n\xef\xbb\xbf"
                          "data: b\n\n"),
                IsEmpty());
}

TEST(event_stream, leaves_out_comments_and_unknown_fields)
{
    EXPECT_THAT(events_of(":\n: ping\n:data: x\n data: x\nData: x\ndata : x\nfield\ndata: a: b\n:\n\n"),
                ElementsAre(message("a: b")));
}

TEST(event_stream, knows_how_long_to_wait_before_connecting_again)
{
    const auto retry = [](std::string_view body) {
        std::vector<seen> events;
        event_stream stream;
        feed(stream, body, body.size(), events);
        return stream.retry();
    };
    EXPECT_EQ(retry("data: a\n\n"), std::nullopt);
    EXPECT_EQ(retry("retry: 1500\n"), 1500ms);
    EXPECT_EQ(retry("retry: 1500\nretry: -1\nretry: 1s\nretry:  2\nretry:\nretry: 99999999999999999999\n"), 1500ms);
}

TEST(event_stream, ends_when_the_sink_has_enough)
{
    event_stream stream;
    std::size_t events = 0;
    EXPECT_FALSE(stream.feed("data: a\n\ndata: b\n\n", [&](const server_sent_event&) { return ++events == 0; }));
    EXPECT_EQ(events, 1U);
}

TEST(event_stream, refuses_an_event_that_is_too_large)
{
    const auto error_of = [](std::string_view body, std::size_t piece) -> std::string {
        event_stream stream{10};
        std::vector<seen> events;
        try {
            feed(stream, body, piece, events);
            return {};
        } catch (const http_error& error) {
            EXPECT_EQ(error.code(), http_errc::too_large);
            return error.what();
        }
    };
    for (const std::size_t piece : {1U, 2U, 100U}) {
        EXPECT_EQ(error_of("data: 1234\n\ndata:12345\n:123456789\n:123456789\n\ndata\ndata:1234\ndata:1234\n\n", piece),
                  "");
        EXPECT_EQ(error_of("data: secret", piece), "response too large: expected lines of at most 10 bytes");
        EXPECT_EQ(error_of("data:12345\ndata:12345\n\n", piece),
                  "response too large: expected events of at most 10 bytes");
        EXPECT_EQ(error_of("data:12345\ndata:1234\ndata\n", piece),
                  "response too large: expected events of at most 10 bytes");
    }
}

} // namespace
