// SPDX-License-Identifier: BSL-1.0
#include "measure.hpp"
#include "services.hpp"

#include <steward/adapters/http/event_stream.hpp>

#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <stdexcept>
#include <string>
#include <string_view>

namespace benchmarks {

namespace {

/// What a language model streams: an event for each piece of a word.
std::string many_events(int events)
{
    std::string all;
    for (int i = 0; i != events; ++i)
        all += fmt::format(
            "data: {{\"id\":\"chatcmpl-9x8y7z\",\"object\":\"chat.completion.chunk\",\"created\":1700000000,"
            "\"model\":\"gpt-4\",\"choices\":[{{\"index\":0,\"delta\":{{\"content\":\" word{}\"}},"
            "\"logprobs\":null,\"finish_reason\":null}}]}}\n\n",
            i);
    return all;
}

std::size_t events_in(std::string_view body, std::size_t piece)
{
    std::size_t events = 0;
    steward::adapters::event_stream stream;
    for (; !body.empty(); body.remove_prefix(std::min(piece, body.size())))
        stream.feed(body.substr(0, piece), [&](const steward::adapters::server_sent_event&) { ++events; });
    return events;
}

} // namespace

int stream_lines()
{
    constexpr std::size_t events = 40'000;
    const std::string body = many_events(events);
    const auto expect = [](bool right) {
        if (!right)
            throw std::runtime_error{"not all events were found"};
    };
    const pairs measured = in_turns(
        41, [&] { expect(std::memchr(body.data(), '\0', body.size()) == nullptr); },
        [&] { expect(events_in(body, 16'384) == events); });
    return !at_least("Server-sent events, in pieces of 16 KB: speed of memchr", measured.ratio(), 0.02);
}

} // namespace benchmarks
