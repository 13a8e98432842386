// SPDX-License-Identifier: BSL-1.0
#include <steward/adapters/llm/huggingface.hpp>
#include <steward/adapters/llm/openai.hpp>

#include "json.hpp"

#include <string_view>
#include <utility>

namespace steward::inline v0::adapters {

namespace {

using detail::malformed;
using detail::member_of;
using detail::not_a;
using detail::text_of;
using nlohmann::json;

// A server of text-generation-inference has its own words for ends, and none for calls.
void use_common_words(llm_answer& answer)
{
    std::string& reason = answer.finish_reason;
    if (reason == "eos_token" || reason == "stop_sequence")
        reason = "stop";
    if (reason == "stop" && !answer.tool_calls.empty())
        reason = "tool_calls";
}

// `{"error": "words", "error_type": "overloaded"}`, or `{"error": {"message": "words"}}`.
std::string words_of(const json& document)
{
    const json& error = member_of(document, "error");
    return error.is_string() ? error.get<std::string>() : text_of(error, "message");
}

llm_errc huggingface_code(const json& document, llm_errc otherwise)
{
    const std::string type = text_of(document, "error_type");
    if (type == "overloaded" || type == "generation" || type.starts_with("incomplete_generation"))
        return llm_errc::overloaded;
    if (type == "validation" || type == "template_error" || type == "tool_error")
        return llm_errc::invalid_request;
    return otherwise;
}

// In a stream a server of text-generation-inference says what failed, even if it is the request, in words alone.
llm_errc code_of_words(std::string_view words) noexcept
{
    return words.starts_with("Input validation error") || words.starts_with("Template error")
                   || words.starts_with("Tool error")
               ? llm_errc::invalid_request
               : llm_errc::overloaded;
}

} // namespace

std::expected<llm_answer, llm_failure> huggingface::answer(const http_response& response)
{
    auto result = openai::answer(response);
    if (result)
        use_common_words(*result);
    return result;
}

llm_failure huggingface::failure(const http_response& response)
{
    const json document = detail::parsed(response.body);
    return detail::failure_of(response.status, huggingface_code(document, detail::code_of(response.status)),
                              words_of(document));
}

std::expected<void, llm_failure> huggingface::on_event(const llm_event& event, llm_partial_answer& so_far)
{
    if (event.data.contains("\"error\"")) { // rarely, so that nothing is parsed twice else
        const json document = detail::parsed(event.data);
        if (!member_of(document, "error").is_null()) {
            std::string words = words_of(document);
            const llm_errc code = huggingface_code(document, code_of_words(words));
            return std::unexpected{llm_failure{code, std::move(words)}};
        }
    }
    auto added = openai::on_event(event, so_far);
    use_common_words(so_far.answer);
    return added;
}

std::expected<llm_embeddings, llm_failure> huggingface::embeddings(const http_response& response)
{
    const json document = detail::parsed(response.body);
    if (!document.is_array())
        return not_a("embeddings", response.body.size());
    llm_embeddings result;
    for (const json& vector : document)
        if (!detail::add_vector(vector, result.vectors))
            return malformed("expected one vector of numbers for each text");
    return result;
}

} // namespace steward::inline v0::adapters
