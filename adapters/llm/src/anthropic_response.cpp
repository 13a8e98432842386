// SPDX-License-Identifier: BSL-1.0
#include <steward/adapters/llm/anthropic.hpp>

#include "json.hpp"

#include <utility>

namespace steward::inline v0::adapters {

namespace {

using detail::count_of;
using detail::member_of;
using detail::not_a;
using detail::text_of;
using nlohmann::json;

std::string finish_reason_of(std::string reason)
{
    if (reason == "end_turn" || reason == "stop_sequence")
        return "stop";
    if (reason == "max_tokens" || reason == "model_context_window_exceeded")
        return "length";
    if (reason == "tool_use")
        return "tool_calls";
    return reason;
}

// A message, or the change of one, that a classifier has ended.
std::expected<void, llm_failure> refusal_in(const json& message)
{
    if (text_of(message, "stop_reason") != "refusal")
        return {};
    std::string words = text_of(member_of(message, "stop_details"), "explanation");
    return std::unexpected{llm_failure{llm_errc::refused, words.empty() ? "stop_reason refusal" : std::move(words)}};
}

// What is there replaces what was there before: in a stream, the numbers are totals.
void add_usage(const json& usage, llm_usage& so_far)
{
    if (member_of(usage, "input_tokens").is_number())
        so_far.prompt_tokens = count_of(usage, "input_tokens") + count_of(usage, "cache_creation_input_tokens")
                               + count_of(usage, "cache_read_input_tokens");
    if (member_of(usage, "output_tokens").is_number())
        so_far.completion_tokens = count_of(usage, "output_tokens");
    so_far.total_tokens = so_far.prompt_tokens + so_far.completion_tokens;
}

void add_block(const json& block, llm_answer& answer)
{
    const std::string type = text_of(block, "type");
    if (type == "text") {
        answer.text += text_of(block, "text");
    } else if (type == "tool_use") {
        const json& input = member_of(block, "input");
        answer.tool_calls.push_back({.id = text_of(block, "id"),
                                     .name = text_of(block, "name"),
                                     .arguments = input.is_object() && !input.empty() ? input.dump() : ""});
    }
}

// A call without arguments is one of an empty object.
void end_block(llm_answer& answer)
{
    if (!answer.tool_calls.empty() && answer.tool_calls.back().arguments.empty())
        answer.tool_calls.back().arguments = "{}";
}

void add_delta(const json& delta, llm_answer& answer)
{
    const std::string type = text_of(delta, "type");
    if (type == "text_delta")
        answer.text += text_of(delta, "text");
    else if (type == "input_json_delta" && !answer.tool_calls.empty())
        answer.tool_calls.back().arguments += text_of(delta, "partial_json");
}

llm_errc anthropic_code(const json& error, llm_errc otherwise)
{
    const std::string type = text_of(error, "type");
    if (type == "rate_limit_error")
        return text_of(member_of(error, "details"), "error_code") == "enforced_spend_limit_reached"
                   ? llm_errc::quota_exhausted
                   : llm_errc::rate_limited;
    if (type == "overloaded_error" || type == "api_error" || type == "timeout_error")
        return llm_errc::overloaded;
    if (type == "authentication_error")
        return llm_errc::invalid_key;
    if (type == "billing_error")
        return llm_errc::quota_exhausted;
    if (type == "permission_error")
        return llm_errc::refused;
    if (type == "invalid_request_error" || type == "not_found_error" || type == "request_too_large")
        return llm_errc::invalid_request;
    return otherwise;
}

} // namespace

std::expected<llm_answer, llm_failure> anthropic::answer(const http_response& response)
{
    const json document = detail::parsed(response.body);
    const json& content = member_of(document, "content");
    if (!content.is_array())
        return not_a("a message", response.body.size());
    if (auto answered = refusal_in(document); !answered)
        return std::unexpected{std::move(answered).error()};
    llm_answer result{.finish_reason = finish_reason_of(text_of(document, "stop_reason")),
                      .model = text_of(document, "model")};
    for (const json& block : content) {
        add_block(block, result);
        end_block(result);
    }
    add_usage(member_of(document, "usage"), result.usage);
    return result;
}

llm_failure anthropic::failure(const http_response& response)
{
    const json document = detail::parsed(response.body);
    const json& error = member_of(document, "error");
    return detail::failure_of(response.status, anthropic_code(error, detail::code_of(response.status)),
                              text_of(error, "message"));
}

std::expected<void, llm_failure> anthropic::on_event(const llm_event& event, llm_partial_answer& so_far)
{
    const json document = detail::parsed(event.data);
    if (!document.is_object())
        return not_a("an event of a message", event.data.size());
    llm_answer& answer = so_far.answer;
    const std::string type = text_of(document, "type");
    if (type == "content_block_delta") {
        add_delta(member_of(document, "delta"), answer);
    } else if (type == "content_block_start") {
        add_block(member_of(document, "content_block"), answer);
    } else if (type == "content_block_stop") {
        end_block(answer);
    } else if (type == "message_start") {
        const json& message = member_of(document, "message");
        answer.model = text_of(message, "model");
        add_usage(member_of(message, "usage"), answer.usage);
    } else if (type == "message_delta") {
        const json& delta = member_of(document, "delta");
        if (std::string reason = text_of(delta, "stop_reason"); !reason.empty())
            answer.finish_reason = finish_reason_of(std::move(reason));
        add_usage(member_of(document, "usage"), answer.usage);
        return refusal_in(delta);
    } else if (type == "message_stop") {
        so_far.ended = true;
    } else if (type == "error") {
        const json& error = member_of(document, "error");
        const llm_errc code = anthropic_code(error, llm_errc::other);
        return std::unexpected{
            llm_failure{code, code == llm_errc::invalid_key ? std::string{} : text_of(error, "message")}};
    } // others may be added by the provider at any time
    return {};
}

} // namespace steward::inline v0::adapters
