// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapters/http/line_stream.hpp>

#include <chrono>
#include <concepts>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace steward::inline v0::adapters {

/// What a server tells in a body of `text/event-stream`.
struct server_sent_event {
    std::string_view type{}; ///< `message` if the server does not say it
    std::string_view data{}; ///< its lines, joined by LF
    std::string_view id{};   ///< the last that the server gave to this event or one before it
};

/// The events of a body that arrives in pieces (server-sent events, as the HTML standard defines them):
///
///     event_stream events;
///     client.send(request, [&](std::string_view piece) {
///         return events.feed(piece, [](const server_sent_event& event) { ... });
///     });
///
/// A sink takes a `server_sent_event`, valid until it returns, and returns whether it wants more, or nothing. Comments and
/// unknown fields are left out; an event that the body does not end is none. Bytes are given as they came: whether they are
/// UTF-8 is for the reader of the data. Memory: a few times max_event at most. Errors: http_error (too_large) for a line or an
/// event's data longer than max_event, in bytes. Threads: one at a time.
class event_stream {
public:
    /// `max_event` bounds a line and an event's data, in bytes: 16 MiB.
    explicit event_stream(std::size_t max_event = std::size_t{16} << 20) noexcept
        : max_event_{max_event}, lines_{detail::line_splitter::ends::any, max_event}
    {
    }

    /// Gives the sink the events that end within the piece. False if it wants no more: what is left of the piece is not
    /// looked at.
    template <std::invocable<const server_sent_event&> Sink>
    bool feed(std::string_view piece, Sink&& sink) // NOLINT(cppcoreguidelines-missing-std-forward): it is called often
    {
        lines_.feed(piece);
        for (server_sent_event event; next(event);)
            if (!detail::wants_more(sink, event))
                return false;
        return true;
    }

    /// What a client that connects again sends as `Last-Event-ID`; valid until the next piece.
    [[nodiscard]] std::string_view last_id() const noexcept { return last_id_; }
    /// How long a client has to wait before it connects again, if the server said it.
    [[nodiscard]] std::optional<std::chrono::milliseconds> retry() const noexcept { return retry_; }

private:
    bool next(server_sent_event& event);
    bool dispatch(server_sent_event& event);
    void take(std::string_view line);
    void add_data(std::string_view value);

    std::size_t max_event_;
    detail::line_splitter lines_;
    bool first_line_ = true;
    bool has_data_ = false;
    bool given_ = false; ///< type_ and data_ are those of the event that was given last
    std::string type_{};
    std::string data_{};
    std::string id_{};
    std::string last_id_{};
    std::optional<std::chrono::milliseconds> retry_{};
};

} // namespace steward::inline v0::adapters
