// SPDX-License-Identifier: BSL-1.0
#include <steward/adapters/llm/ollama.hpp>

#include "json.hpp"

#include <utility>

namespace steward::inline v0::adapters {

namespace {

using detail::count_of;
using detail::malformed;
using detail::member_of;
using detail::not_a;
using detail::text_of;
using nlohmann::json;

// One line of a stream, or all that there is: its message is added to what came before.
void add(const json& document, llm_answer& answer)
{
    const json& message = member_of(document, "message");
    answer.text += text_of(message, "content");
    if (const json& calls = member_of(message, "tool_calls"); calls.is_array())
        for (const json& call : calls) {
            const json& function = member_of(call, "function");
            const json& arguments = member_of(function, "arguments");
            answer.tool_calls.push_back({.id = text_of(call, "id"),
                                         .name = text_of(function, "name"),
                                         .arguments = arguments.is_object() ? arguments.dump() : "{}"});
        }
    if (std::string model = text_of(document, "model"); !model.empty())
        answer.model = std::move(model);
    if (member_of(document, "done") != true)
        return;
    // The reasons are already those of all providers, but for one.
    answer.finish_reason = text_of(document, "done_reason");
    if (answer.finish_reason == "stop" && !answer.tool_calls.empty())
        answer.finish_reason = "tool_calls";
    answer.usage = {.prompt_tokens = count_of(document, "prompt_eval_count"),
                    .completion_tokens = count_of(document, "eval_count")};
    answer.usage.total_tokens = answer.usage.prompt_tokens + answer.usage.completion_tokens;
}

} // namespace

std::expected<llm_answer, llm_failure> ollama::answer(const http_response& response)
{
    const json document = detail::parsed(response.body);
    if (!member_of(document, "message").is_object())
        return not_a("a chat's message", response.body.size());
    llm_answer result;
    add(document, result);
    return result;
}

llm_failure ollama::failure(const http_response& response)
{
    return detail::failure_of(response.status, detail::code_of(response.status),
                              text_of(detail::parsed(response.body), "error"));
}

std::expected<void, llm_failure> ollama::on_event(const llm_event& event, llm_partial_answer& so_far)
{
    const json document = detail::parsed(event.data);
    if (!document.is_object())
        return not_a("a piece of a chat", event.data.size());
    if (const json& error = member_of(document, "error"); !error.is_null()) // the model failed after it had begun
        return std::unexpected{llm_failure{llm_errc::overloaded, text_of(document, "error")}};
    add(document, so_far.answer);
    so_far.ended = member_of(document, "done") == true;
    return {};
}

std::expected<llm_embeddings, llm_failure> ollama::embeddings(const http_response& response)
{
    const json document = detail::parsed(response.body);
    const json& vectors = member_of(document, "embeddings");
    if (!vectors.is_array())
        return not_a("embeddings", response.body.size());
    llm_embeddings result{.model = text_of(document, "model")};
    for (const json& vector : vectors)
        if (!detail::add_vector(vector, result.vectors))
            return malformed("expected one vector of numbers for each text");
    result.usage.prompt_tokens = result.usage.total_tokens = count_of(document, "prompt_eval_count");
    return result;
}

} // namespace steward::inline v0::adapters
