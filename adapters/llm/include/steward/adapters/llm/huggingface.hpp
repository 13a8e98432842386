// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapters/http/settings.hpp>
#include <steward/adapters/llm/provider.hpp>
#include <steward/field_name.hpp>

#include <chrono>
#include <expected>
#include <filesystem>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace steward::inline v0::adapters {

/// The settings of `llm<huggingface>`: which service and model, who asks, how long and how often it is tried.
struct huggingface_settings {
    /// Hugging Face's hosted inference, or a server of text-generation-inference, or of text-embeddings-inference;
    /// without `/v1`.
    std::string base_url = "https://router.huggingface.co";
    /// `openai/gpt-oss-120b`; `tgi` for a server that has one model.
    std::string model{};
    /// The token, or `${NAME}` for a variable of the environment, which is read when the manager is built. It may be empty
    /// for servers of one's own.
    std::string api_key{};
    /// 0 to 2; the model's own if it is not given.
    std::optional<double> temperature{};
    /// The longest answer; as long as the server likes if it is not given.
    std::optional<unsigned> max_tokens{};
    /// For one completion: all tries, the pauses between them, and the wait for what the limits below allow.
    std::chrono::milliseconds timeout{60'000};
    /// How often a prompt is sent again that got no answer (see http_settings).
    unsigned retry_count = 3;
    /// The pause before the first of these tries; see http_settings.
    std::chrono::milliseconds retry_delay{500};
    /// What the account allows, for all clients together; see openai_settings.
    std::optional<unsigned> requests_per_minute{};
    /// Prompts and answers together.
    std::optional<unsigned> tokens_per_minute{};
    /// What a million tokens of prompts and of answers cost, for the metrics; in any currency.
    /// @{
    double prompt_price = 0;
    double completion_price = 0;
    /// @}
    /// How the service is reached, as in http_settings.
    /// @{
    http_headers headers{};
    std::filesystem::path ca_file{};
    std::string proxy{};
    std::optional<basic> proxy_auth{};
    /// @}
};

/// Hugging Face's chat completions and embeddings: `llm<huggingface>`. Other servers that follow OpenAI's interface are asked
/// through `openai`.
struct huggingface {
    using settings = huggingface_settings;
    static constexpr std::string_view name = "huggingface";
    static constexpr llm_stream_format stream_format = llm_stream_format::server_sent_events;

    static void check(const settings& wanted, configuration_check& check);
    [[nodiscard]] static http_settings service(const settings& wanted);
    [[nodiscard]] static http_request request(const settings& wanted, std::span<const llm_message> conversation,
                                              const llm_options& options, bool streamed);
    [[nodiscard]] static std::expected<llm_answer, llm_failure> answer(const http_response& response);
    [[nodiscard]] static llm_failure failure(const http_response& response);
    [[nodiscard]] static std::expected<void, llm_failure> on_event(const llm_event& event, llm_partial_answer& so_far);
    /// The hosted model's features, or what a text-embeddings-inference server embeds.
    [[nodiscard]] static http_request embedding_request(const settings& wanted, std::span<const std::string> texts);
    [[nodiscard]] static std::expected<llm_embeddings, llm_failure> embeddings(const http_response& response);
};
static_assert(llm_streaming_provider<huggingface> && llm_embedding_provider<huggingface>);

} // namespace steward::inline v0::adapters

BOOST_HANA_ADAPT_STRUCT(steward::adapters::huggingface_settings, base_url, model, api_key, temperature, max_tokens,
                        timeout, retry_count, retry_delay, requests_per_minute, tokens_per_minute, prompt_price,
                        completion_price, headers, ca_file, proxy, proxy_auth);
