// SPDX-License-Identifier: BSL-1.0
//
// Streams give the same lines and events wherever the body was cut, the same as a reader that has all of it, and never
// one that is longer than they may be. The first byte chooses how long the pieces are, the second the limit.
#include <steward/adapters/http/error.hpp>
#include <steward/adapters/http/event_stream.hpp>
#include <steward/adapters/http/line_stream.hpp>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace steward::adapters;

void expect(bool condition)
{
    if (!condition)
        std::abort();
}

struct result {
    std::vector<std::string> found{}; ///< lines, or for each event its type, data and id
    bool too_large = false;
    std::string last_id{};
    std::optional<std::chrono::milliseconds> retry{};
    bool operator==(const result&) const = default;
};

constexpr std::size_t no_limit = 1 << 20;

/// Feeds a body in pieces of different lengths, which follow from the seed; 0 is all at once.
template <class Feed>
void in_pieces(std::string_view body, unsigned seed, Feed&& feed)
{
    while (!body.empty()) {
        const std::size_t length = seed == 0 ? body.size() : std::min<std::size_t>(body.size(), seed % 7);
        feed(body.substr(0, length));
        body.remove_prefix(length);
        seed = seed == 0 ? 0 : seed * 1'103'515'245U + 12'345U;
    }
}

result lines_of(std::string_view body, unsigned seed, std::size_t limit)
{
    result all;
    const auto sink = [&](std::string_view line) {
        expect(!line.empty() && line.size() <= limit);
        all.found.emplace_back(line);
    };
    line_stream stream{limit};
    try {
        in_pieces(body, seed, [&](std::string_view piece) { expect(stream.feed(piece, sink)); });
        stream.finish(sink);
    } catch (const http_error& error) {
        expect(error.code() == http_errc::too_large);
        all.too_large = true;
    }
    return all;
}

result events_of(std::string_view body, unsigned seed, std::size_t limit)
{
    result all;
    event_stream stream{limit};
    try {
        in_pieces(body, seed, [&](std::string_view piece) {
            expect(stream.feed(piece, [&](const server_sent_event& event) {
                expect(!event.type.empty() && event.data.size() <= limit);
                for (const std::string_view part : {event.type, event.data, event.id})
                    all.found.emplace_back(part);
            }));
        });
    } catch (const http_error& error) {
        expect(error.code() == http_errc::too_large);
        all.too_large = true;
    }
    all.last_id = stream.last_id();
    all.retry = stream.retry();
    return all;
}

/// The lines that have an end, and what is behind them.
std::vector<std::string> split(std::string_view body, bool by_cr)
{
    std::vector<std::string> lines(1);
    for (std::size_t at = 0; at != body.size(); ++at) {
        if (body[at] == '\n' || (by_cr && body[at] == '\r')) {
            if (body[at] == '\r' && body.substr(at + 1).starts_with('\n'))
                ++at;
            lines.emplace_back();
        } else {
            lines.back() += body[at];
        }
    }
    return lines;
}

/// What a line stream has to give.
std::vector<std::string> expected_lines(std::string_view body)
{
    auto lines = split(body, false);
    for (std::string& line : lines)
        if (line.ends_with('\r'))
            line.pop_back();
    std::erase(lines, "");
    return lines;
}

/// What an event stream has to give, step by step as the standard has it.
std::vector<std::string> expected_events(std::string_view body)
{
    std::vector<std::string> found;
    std::string data, type, id;
    if (body.starts_with("\xef\xbb\xbf"))
        body.remove_prefix(3);
    auto lines = split(body, true);
    lines.pop_back();
    for (const std::string& line : lines) {
        if (line.empty()) {
            if (!data.empty())
                for (const std::string& part : {type.empty() ? "message" : type, data.substr(0, data.size() - 1), id})
                    found.push_back(part);
            data.clear();
            type.clear();
            continue;
        }
        const std::size_t colon = std::min(line.find(':'), line.size());
        const std::string field = line.substr(0, colon);
        std::string value = line.substr(std::min(colon + 1, line.size()));
        if (value.starts_with(' '))
            value.erase(0, 1);
        if (field == "event")
            type = value;
        else if (field == "data")
            data += value + '\n';
        else if (field == "id" && value.find('\0') == std::string::npos)
            id = value;
    }
    return found;
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size)
{
    if (size < 2)
        return 0;
    const unsigned seed = data[0];
    const std::size_t limit = data[1];
    const std::string_view body{reinterpret_cast<const char*>(data) + 2, size - 2};
    for (const std::size_t most : {no_limit, limit}) {
        expect(lines_of(body, 0, most) == lines_of(body, seed, most));
        expect(events_of(body, 0, most) == events_of(body, seed, most));
    }
    expect(lines_of(body, seed, no_limit).found == expected_lines(body));
    expect(events_of(body, seed, no_limit).found == expected_events(body));
    return 0;
}
