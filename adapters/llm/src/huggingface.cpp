// SPDX-License-Identifier: BSL-1.0
#include <steward/adapters/llm/huggingface.hpp>

#include "common_settings.hpp"
#include "json.hpp"
#include "requests.hpp"

#include <vector>

namespace steward::inline v0::adapters {

namespace {

using nlohmann::json;

bool is_hosted(const huggingface_settings& wanted)
{
    const std::string hosted = huggingface_settings{}.base_url;
    return wanted.base_url == hosted || wanted.base_url == hosted + "/";
}

detail::asked_model asked_by(const huggingface_settings& wanted) { return {huggingface::name, wanted.model}; }

// A server of text-generation-inference takes the schema in a place of its own, and needs one.
void add_format(json& body, const llm_options& options, const huggingface_settings& wanted)
{
    if (options.json || !options.json_schema.empty())
        body["response_format"] = {{"type", "json_object"},
                                   {"value", detail::schema_of(options.json_schema, "json_schema", asked_by(wanted))}};
}

// The model is a part of the path.
std::string feature_path(const huggingface_settings& wanted)
{
    static constexpr std::string_view allowed = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_./";
    if (wanted.model.find_first_not_of(allowed) != std::string::npos || wanted.model.contains(".."))
        throw llm_error{llm_errc::invalid_request, huggingface::name, wanted.model,
                        "expected a model such as intfloat/multilingual-e5-large"};
    return "/hf-inference/models/" + wanted.model + "/pipeline/feature-extraction";
}

} // namespace

void huggingface::check(const settings& wanted, configuration_check& check)
{
    detail::check_key(wanted, is_hosted(wanted), check);
    detail::check_common(wanted, 2, check);
    detail::check_without(wanted, "/v1", check);
}

http_settings huggingface::service(const settings& wanted) { return detail::bearer_service(wanted, name); }

http_request huggingface::request(const settings& wanted, std::span<const llm_message> conversation,
                                  const llm_options& options, bool streamed)
{
    json body = detail::chat_completion(asked_by(wanted), conversation, options, streamed);
    if (options.max_tokens)
        body["max_tokens"] = *options.max_tokens;
    if (!is_hosted(wanted))
        add_format(body, options, wanted);
    return detail::post_of("/v1/chat/completions", body, asked_by(wanted));
}

http_request huggingface::embedding_request(const settings& wanted, std::span<const std::string> texts)
{
    return detail::post_of(is_hosted(wanted) ? feature_path(wanted) : "/embed",
                           {{"inputs", std::vector<std::string>{texts.begin(), texts.end()}}}, asked_by(wanted));
}

} // namespace steward::inline v0::adapters
