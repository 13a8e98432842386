// SPDX-License-Identifier: BSL-1.0
#include <steward/adapters/http/event_stream.hpp>

#include <steward/adapters/http/error.hpp>

#include <charconv>
#include <utility>

// https://html.spec.whatwg.org/multipage/server-sent-events.html, "Interpreting an event stream"

namespace steward::inline v0::adapters {

namespace {

constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";

std::optional<std::chrono::milliseconds> milliseconds_of(std::string_view digits) noexcept
{
    std::chrono::milliseconds::rep count = 0;
    if (digits.starts_with('-'))
        return std::nullopt;
    const auto [at, error] = std::from_chars(digits.data(), digits.data() + digits.size(), count);
    if (error != std::errc{} || at != digits.data() + digits.size())
        return std::nullopt;
    return std::chrono::milliseconds{count};
}

} // namespace

bool event_stream::next(server_sent_event& event)
{
    if (std::exchange(given_, false)) {
        type_.clear();
        data_.clear();
        has_data_ = false;
    }
    for (std::string_view line; lines_.next(line);) {
        if (std::exchange(first_line_, false) && line.starts_with(byte_order_mark))
            line.remove_prefix(byte_order_mark.size());
        if (!line.empty())
            take(line);
        else if (dispatch(event))
            return true;
    }
    return false;
}

bool event_stream::dispatch(server_sent_event& event)
{
    last_id_ = id_;
    if (!has_data_) {
        type_.clear();
        return false;
    }
    event = {.type = type_.empty() ? std::string_view{"message"} : type_, .data = data_, .id = last_id_};
    given_ = true;
    return true;
}

void event_stream::take(std::string_view line)
{
    const std::size_t colon = line.find(':'); // at 0: a comment, which is a field without a name
    const std::string_view field = line.substr(0, colon);
    std::string_view value = colon == std::string_view::npos ? std::string_view{} : line.substr(colon + 1);
    if (value.starts_with(' '))
        value.remove_prefix(1);
    if (field == "data") {
        add_data(value);
    } else if (field == "event") {
        type_ = value;
    } else if (field == "id" && !value.contains('\0')) {
        id_ = value;
    } else if (field == "retry") {
        if (const auto time = milliseconds_of(value))
            retry_ = time;
    }
}

void event_stream::add_data(std::string_view value)
{
    if (data_.size() + (has_data_ ? 1 : 0) + value.size() > max_event_)
        throw http_error{http_errc::too_large, "",
                         "expected events of at most " + std::to_string(max_event_) + " bytes"};
    if (std::exchange(has_data_, true))
        data_ += '\n';
    data_ += value;
}

} // namespace steward::inline v0::adapters
