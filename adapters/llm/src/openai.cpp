// SPDX-License-Identifier: BSL-1.0
#include <steward/adapters/llm/openai.hpp>

#include "common_settings.hpp"
#include "requests.hpp"

namespace steward::inline v0::adapters {

namespace {

using nlohmann::json;

bool is_openais_own(const openai_settings& wanted) { return wanted.base_url == openai_settings{}.base_url; }

detail::asked_model asked_by(const openai_settings& wanted) { return {openai::name, wanted.model}; }

} // namespace

void openai::check(const settings& wanted, configuration_check& check)
{
    detail::check_key(wanted, is_openais_own(wanted), check);
    detail::check_common(wanted, 2, check);
}

http_settings openai::service(const settings& wanted) { return detail::bearer_service(wanted, name); }

http_request openai::request(const settings& wanted, std::span<const llm_message> conversation,
                             const llm_options& options, bool streamed)
{
    json body = detail::chat_completion(asked_by(wanted), conversation, options, streamed);
    // OpenAI's newer models refuse max_tokens, other services do not know its successor.
    if (options.max_tokens)
        body[is_openais_own(wanted) ? "max_completion_tokens" : "max_tokens"] = *options.max_tokens;
    return detail::post_of("/chat/completions", body, asked_by(wanted));
}

http_request openai::embedding_request(const settings& wanted, std::span<const std::string> texts)
{
    return detail::post_of("/embeddings",
                           {{"model", wanted.model},
                            {"input", std::vector<std::string>{texts.begin(), texts.end()}},
                            {"encoding_format", "float"}},
                           asked_by(wanted));
}

} // namespace steward::inline v0::adapters
