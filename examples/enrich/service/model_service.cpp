// SPDX-License-Identifier: BSL-1.0
#include "service/model_service.hpp"

#include "service/sentence.hpp"
#include "service/server.hpp"

#include <nlohmann/json.hpp>

#include <algorithm>
#include <atomic>
#include <string_view>
#include <utility>

namespace enrich {

namespace {

using nlohmann::json;

/// A model's tokens are parts of words; words will do here.
[[nodiscard]] std::ptrdiff_t tokens_in(std::string_view text) { return std::ranges::count(text, ' ') + 1; }

[[nodiscard]] json completion(const json& asked)
{
    std::ptrdiff_t prompt_tokens = 0;
    for (const json& message : asked.at("messages"))
        prompt_tokens += tokens_in(message.at("content").get<std::string>());
    const auto sentence = sentence_for(asked.at("messages").back().at("content").get<std::string>());
    const std::ptrdiff_t tokens = tokens_in(sentence);
    return {
        {"id", "chatcmpl-1"},
        {"object", "chat.completion"},
        {"created", 0},
        {"model", asked.at("model")},
        {"choices",
         {{{"index", 0},
           {"message", {{"role", "assistant"}, {"content", sentence}, {"refusal", nullptr}}},
           {"finish_reason", "stop"}}}},
        {"usage",
         {{"prompt_tokens", prompt_tokens}, {"completion_tokens", tokens}, {"total_tokens", prompt_tokens + tokens}}}};
}

void refuse(httplib::Response& response, int status, const char* code, const std::string& message)
{
    response.status = status;
    const json body{{"error", {{"message", message}, {"type", code}, {"param", nullptr}, {"code", code}}}};
    response.set_content(body.dump(), "application/json");
}

} // namespace

struct model_service::parts {
    behaviour how;
    std::atomic<std::size_t> requests{0}, turned_away{0};
    server http;

    parts(behaviour wanted, std::size_t clients) : how{std::move(wanted)}, http{clients}
    {
        http.handlers.Post("/v1/chat/completions", [this](const httplib::Request& request,
                                                          httplib::Response& response) { answer(request, response); });
        http.start();
    }

    void answer(const httplib::Request& request, httplib::Response& response)
    {
        const std::string account = request.get_header_value("Authorization");
        if (!how.key.empty() && account != "Bearer " + how.key) // the real one quotes the key, too
            return refuse(response, 401, "invalid_api_key", "Incorrect API key provided: " + account);
        if (how.is_overloaded) {
            ++turned_away;
            return refuse(response, 503, "overloaded", "The engine is currently overloaded, please try again later");
        }
        if (++requests % 100 == 0) {
            ++turned_away;
            response.set_header("Retry-After", "1");
            return refuse(response, 429, "rate_limit_exceeded", "Rate limit reached for requests");
        }
        try {
            response.set_content(completion(json::parse(request.body)).dump(), "application/json");
        } catch (const json::exception&) {
            refuse(response, 400, "invalid_request_error", "expected a chat completion request");
        }
    }
};

model_service::model_service(behaviour how, std::size_t clients)
    : parts_{std::make_unique<parts>(std::move(how), clients)}
{
}
model_service::~model_service() = default;

std::string model_service::url() const { return parts_->http.url(); }
std::size_t model_service::turned_away() const noexcept { return parts_->turned_away; }

} // namespace enrich
