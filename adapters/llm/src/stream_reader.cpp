// SPDX-License-Identifier: BSL-1.0
#include "stream_reader.hpp"

#include <string>
#include <utility>

namespace steward::inline v0::adapters::detail {

namespace {

llm_failure cut() { return {llm_errc::unreachable, "the stream was cut before its end"}; }

} // namespace

bool stream_reader::take(std::string_view piece)
{
    bytes_ += piece.size();
    if (bytes_ > max_body_) {
        failure_ = {llm_errc::malformed, "expected a stream of no more than " + std::to_string(max_body_) + " bytes"};
        return false;
    }
    if (functions_.stream_format == llm_stream_format::json_lines)
        return lines_.feed(piece, [this](std::string_view line) { return on_event({{}, line}); });
    return events_.feed(piece, [this](const server_sent_event& event) { return on_event({event.type, event.data}); });
}

// What follows the last event is read as well: the connection can be used again only behind it.
bool stream_reader::on_event(const llm_event& event)
{
    if (so_far_.ended)
        return true;
    any_event_ = true;
    const std::size_t before = so_far_.answer.text.size();
    if (auto added = functions_.on_event(event, so_far_); !added) {
        failure_ = std::move(added).error();
        return false;
    }
    return so_far_.answer.text.size() == before || pass_on(std::string_view{so_far_.answer.text}.substr(before));
}

bool stream_reader::pass_on(std::string_view text)
{
    try {
        stopped_ = !sink_(text);
    } catch (...) { // may be an http_error, and is none of ours
        thrown_ = std::current_exception();
        stopped_ = true;
    }
    return !stopped_;
}

std::expected<llm_answer, llm_failure> stream_reader::finish()
{
    const bool interrupted = stopped_ || failure_;
    if (!interrupted && functions_.stream_format == llm_stream_format::json_lines)
        if (!lines_.finish([this](std::string_view line) { return on_event({{}, line}); }) && failure_
            && failure_->code == llm_errc::malformed)
            failure_ = cut();
    if (thrown_)
        std::rethrow_exception(thrown_);
    if (failure_)
        return std::unexpected{*std::move(failure_)};
    llm_answer answer = std::move(so_far_.answer);
    if (stopped_) {
        answer.finish_reason.clear();
        return answer;
    }
    if (!any_event_)
        return std::unexpected{llm_failure{llm_errc::malformed, "expected a stream, got " + std::to_string(bytes_)
                                                                    + " bytes of something else"}};
    if (!so_far_.ended && answer.finish_reason.empty())
        return std::unexpected{cut()};
    if (!so_far_.refusal.empty() && answer.text.empty())
        return std::unexpected{llm_failure{llm_errc::refused, std::move(so_far_.refusal)}};
    return answer;
}

} // namespace steward::inline v0::adapters::detail
