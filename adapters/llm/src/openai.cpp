// SPDX-License-Identifier: BSL-1.0
#include <steward/adapters/http/http.hpp>
#include <steward/adapters/llm/openai.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdint>
#include <utility>

namespace steward::adapters {

namespace {

using nlohmann::json;

http_settings transport(const openai_settings& wanted, std::string key)
{
    http_settings result{.base_url = wanted.base_url,
                         .timeout = wanted.timeout,
                         .retry_count = wanted.retry_count,
                         .retry_delay = wanted.retry_delay};
    if (!key.empty())
        result.auth = bearer{std::move(key)};
    return result;
}

// A member's text; empty if it is none.
std::string text_of(const json& object, const char* name)
{
    const auto found = object.find(name);
    return found != object.end() && found->is_string() ? found->get<std::string>() : std::string{};
}

std::int64_t number_of(const json& object, const char* name)
{
    const auto found = object.find(name);
    return found != object.end() && found->is_number_integer() ? found->get<std::int64_t>() : 0;
}

} // namespace

void openai::check(const settings& wanted, configuration_check& check)
{
    const std::string_view api_key = field_name(wanted, wanted.api_key);
    const auto key = detail::key_of(wanted.api_key);
    if (!key)
        check.wrong(api_key, key.error());
    else if (key->empty() && wanted.base_url == settings{}.base_url)
        check.wrong(api_key, "a key, or ${NAME} for a variable of the environment", "nothing");
    else if (!std::ranges::all_of(*key, [](char c) { return c > 0x20 && c < 0x7f; }))
        check.wrong(api_key, "a key of visible ASCII characters");
    if (wanted.model.empty())
        check.wrong(field_name(wanted, wanted.model), "the name of a model", "nothing");
    if (wanted.temperature && !(*wanted.temperature >= 0 && *wanted.temperature <= 2))
        check.wrong(field_name(wanted, wanted.temperature), "0 to 2", std::to_string(*wanted.temperature));
    if (wanted.max_tokens && *wanted.max_tokens == 0)
        check.wrong(field_name(wanted, wanted.max_tokens), "at least 1", "0");
    http::check(transport(wanted, {}), check); // the other fields have the same names there
}

http_settings openai::service(const settings& wanted)
{
    auto key = detail::key_of(wanted.api_key);
    if (!key)
        throw permanent_failure{"openai: api_key: expected " + key.error()};
    return transport(wanted, *std::move(key));
}

http_request openai::request(const settings& wanted, std::string_view prompt, const llm_options& options)
{
    json messages = json::array();
    if (!options.system.empty())
        messages.push_back({{"role", "system"}, {"content", options.system}});
    messages.push_back({{"role", "user"}, {"content", prompt}});
    json body{{"model", wanted.model}, {"messages", std::move(messages)}};
    if (wanted.temperature)
        body["temperature"] = *wanted.temperature;
    if (wanted.max_tokens)
        body["max_tokens"] = *wanted.max_tokens;
    try {
        return {.method = "POST",
                .path = "/chat/completions",
                .body = body.dump(),
                .content_type = "application/json",
                .repeatable = true}; // a second answer costs money, but does no harm
    } catch (const json::exception&) {
        throw llm_error{llm_errc::invalid_request, name, wanted.model, "expected prompt and system in UTF-8"};
    }
}

std::expected<llm_answer, llm_failure> openai::answer(const http_response& response)
{
    try {
        const json document = json::parse(response.body);
        const json& choice = document.at("choices").at(0);
        const json& message = choice.at("message");
        if (!message.at("content").is_string()) {
            if (std::string refusal = text_of(message, "refusal"); !refusal.empty())
                return std::unexpected{llm_failure{llm_errc::refused, std::move(refusal)}};
            return std::unexpected{llm_failure{llm_errc::malformed, "expected a text as the message's content"}};
        }
        llm_answer result{.text = message.at("content").get<std::string>(),
                          .finish_reason = text_of(choice, "finish_reason"),
                          .model = text_of(document, "model")};
        if (const auto usage = document.find("usage"); usage != document.end())
            result.usage = {.prompt_tokens = number_of(*usage, "prompt_tokens"),
                            .completion_tokens = number_of(*usage, "completion_tokens"),
                            .total_tokens = number_of(*usage, "total_tokens")};
        return result;
    } catch (const json::exception&) { // its text quotes the body
        return std::unexpected{llm_failure{llm_errc::malformed, "expected a chat completion, got "
                                                                    + std::to_string(response.body.size())
                                                                    + " bytes of something else"}};
    }
}

llm_failure openai::failure(const http_response& response)
{
    const json document = json::parse(response.body, nullptr, false);
    const auto found = document.find("error");
    const json error = found != document.end() ? *found : json{};
    const std::string status = "status " + std::to_string(response.status);
    const std::string words = text_of(error, "message");
    const std::string details = words.empty() ? status : status + ": " + words;
    switch (response.status) {
    case 400:
    case 404:
    case 413:
    case 422: return {llm_errc::invalid_request, details};
    case 401: return {llm_errc::invalid_key, status}; // the provider's words quote the key
    case 403: return {llm_errc::refused, details};
    case 429:
        return {text_of(error, "code") == "insufficient_quota" ? llm_errc::quota_exhausted : llm_errc::rate_limited,
                details};
    default: return {response.status >= 500 ? llm_errc::overloaded : llm_errc::other, details};
    }
}

} // namespace steward::adapters
