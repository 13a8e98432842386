// SPDX-License-Identifier: BSL-1.0
#include <steward/adapters/llm/openai.hpp>

#include "json.hpp"

#include <cstddef>
#include <utility>

namespace steward::inline v0::adapters {

namespace {

using detail::count_of;
using detail::malformed;
using detail::member_of;
using detail::not_a;
using detail::text_of;
using nlohmann::json;

std::string finish_reason_of(const json& choice)
{
    std::string reason = text_of(choice, "finish_reason");
    return reason == "function_call" ? "tool_calls" : reason;
}

llm_usage usage_of(const json& document)
{
    const json& usage = member_of(document, "usage");
    return {.prompt_tokens = count_of(usage, "prompt_tokens"),
            .completion_tokens = count_of(usage, "completion_tokens"),
            .total_tokens = count_of(usage, "total_tokens")};
}

std::vector<llm_tool_call> tool_calls_of(const json& message)
{
    std::vector<llm_tool_call> calls;
    if (const json& found = member_of(message, "tool_calls"); found.is_array())
        for (const json& call : found) {
            const json& function = member_of(call, "function");
            const json& arguments = member_of(function, "arguments");
            calls.push_back({text_of(call, "id"), text_of(function, "name"),
                             arguments.is_object() ? arguments.dump() : text_of(function, "arguments")});
        }
    return calls;
}

// The pieces of one call have its place among the calls. Its id and its name are in the first of them, or in all.
bool add_tool_call(const json& piece, std::vector<llm_tool_call>& calls)
{
    static constexpr std::size_t most = 1'000;
    const auto index = static_cast<std::size_t>(count_of(piece, "index"));
    if (index >= most)
        return false;
    if (index >= calls.size())
        calls.resize(index + 1);
    llm_tool_call& call = calls[index];
    const json& function = member_of(piece, "function");
    if (std::string id = text_of(piece, "id"); !id.empty())
        call.id = std::move(id);
    if (std::string name = text_of(function, "name"); !name.empty())
        call.name = std::move(name);
    call.arguments += text_of(function, "arguments");
    return true;
}

llm_errc openai_code(const json& error, llm_errc otherwise)
{
    const std::string code = text_of(error, "code"), type = text_of(error, "type");
    const auto is = [&](std::string_view word) { return code == word || type == word; };
    if (is("insufficient_quota") || is("credit_balance_exhausted"))
        return llm_errc::quota_exhausted;
    if (is("rate_limit_exceeded") || is("rate_limit_error"))
        return llm_errc::rate_limited;
    if (is("server_error") || is("server_is_overloaded") || is("service_unavailable_error"))
        return llm_errc::overloaded;
    return otherwise;
}

} // namespace

std::expected<llm_answer, llm_failure> openai::answer(const http_response& response)
{
    const json document = detail::parsed(response.body);
    const json& choices = member_of(document, "choices");
    if (!choices.is_array() || choices.empty() || !member_of(choices[0], "message").is_object())
        return not_a("a chat completion", response.body.size());
    const json& message = member_of(choices[0], "message");
    llm_answer result{.text = text_of(message, "content"),
                      .finish_reason = finish_reason_of(choices[0]),
                      .usage = usage_of(document),
                      .model = text_of(document, "model"),
                      .tool_calls = tool_calls_of(message)};
    if (!result.text.empty() || !result.tool_calls.empty())
        return result;
    if (std::string refusal = text_of(message, "refusal"); !refusal.empty())
        return std::unexpected{llm_failure{llm_errc::refused, std::move(refusal)}};
    if (member_of(message, "content").is_string())
        return result;
    if (result.finish_reason == "content_filter" || result.finish_reason == "length") // before there was any text
        return result;
    return malformed("expected a text as the message's content");
}

llm_failure openai::failure(const http_response& response)
{
    const json document = detail::parsed(response.body);
    const json& error = member_of(document, "error");
    const llm_errc code = detail::code_of(response.status);
    return detail::failure_of(response.status, code == llm_errc::rate_limited ? openai_code(error, code) : code,
                              text_of(error, "message"));
}

std::expected<void, llm_failure> openai::on_event(const llm_event& event, llm_partial_answer& so_far)
{
    if (event.data == "[DONE]") {
        so_far.ended = true;
        return {};
    }
    const json document = detail::parsed(event.data);
    if (!document.is_object())
        return not_a("a piece of a chat completion", event.data.size());
    if (const json& error = member_of(document, "error"); !error.is_null())
        return std::unexpected{llm_failure{openai_code(error, llm_errc::other), text_of(error, "message")}};
    llm_answer& answer = so_far.answer;
    if (std::string model = text_of(document, "model"); !model.empty())
        answer.model = std::move(model);
    if (member_of(document, "usage").is_object())
        answer.usage = usage_of(document);
    const json& choices = member_of(document, "choices");
    if (!choices.is_array() || choices.empty()) // the last piece, of the usage alone
        return {};
    const json& delta = member_of(choices[0], "delta");
    answer.text += text_of(delta, "content");
    so_far.refusal += text_of(delta, "refusal");
    if (const json& calls = member_of(delta, "tool_calls"); calls.is_array())
        for (const json& piece : calls)
            if (!add_tool_call(piece, answer.tool_calls))
                return malformed("expected fewer tool calls");
    if (std::string reason = finish_reason_of(choices[0]); !reason.empty())
        answer.finish_reason = std::move(reason);
    return {};
}

std::expected<llm_embeddings, llm_failure> openai::embeddings(const http_response& response)
{
    const json document = detail::parsed(response.body);
    const json& data = member_of(document, "data");
    if (!data.is_array())
        return not_a("embeddings", response.body.size());
    llm_embeddings result{.usage = usage_of(document), .model = text_of(document, "model")};
    std::vector<std::vector<float>> found;
    for (const json& each : data)
        if (!detail::add_vector(member_of(each, "embedding"), found))
            return malformed("expected one vector of numbers for each text");
    result.vectors.resize(data.size());
    for (std::size_t i = 0; i != data.size(); ++i) {
        const auto index = static_cast<std::size_t>(count_of(data[i], "index"));
        if (index >= data.size() || !result.vectors[index].empty())
            return malformed("expected one vector of numbers for each text");
        result.vectors[index] = std::move(found[i]);
    }
    return result;
}

} // namespace steward::inline v0::adapters
