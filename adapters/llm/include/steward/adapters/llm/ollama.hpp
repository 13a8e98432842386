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

/// The settings of `llm<ollama>`: which server and model, who asks, how long and how often it is tried.
struct ollama_settings {
    /// The server; without `/api`.
    std::string base_url = "http://localhost:11434";
    /// A model that the server has; has to be given.
    std::string model{};
    /// The key, or `${NAME}` for a variable of the environment, which is read when the manager is built. A server of one's
    /// own needs none.
    std::string api_key{};
    /// 0 to 2; the model's own if it is not given.
    std::optional<double> temperature{};
    /// The longest answer; as long as the model likes if it is not given.
    std::optional<unsigned> max_tokens{};
    /// For one completion: all tries, the pauses between them, and the wait for what the limits below allow. Before the
    /// first one the server has to load the model.
    std::chrono::milliseconds timeout{60'000};
    /// How often a prompt is sent again that got no answer (see http_settings).
    unsigned retry_count = 3;
    /// The pause before the first of these tries; see http_settings.
    std::chrono::milliseconds retry_delay{500};
    /// What the server bears, for all clients together; see openai_settings.
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

/// Ollama's chat and embeddings: `llm<ollama>`.
struct ollama {
    using settings = ollama_settings;
    static constexpr std::string_view name = "ollama";
    static constexpr llm_stream_format stream_format = llm_stream_format::json_lines;

    static void check(const settings& wanted, configuration_check& check);
    [[nodiscard]] static http_settings service(const settings& wanted);
    [[nodiscard]] static http_request request(const settings& wanted, std::span<const llm_message> conversation,
                                              const llm_options& options, bool streamed);
    [[nodiscard]] static std::expected<llm_answer, llm_failure> answer(const http_response& response);
    [[nodiscard]] static llm_failure failure(const http_response& response);
    [[nodiscard]] static std::expected<void, llm_failure> on_event(const llm_event& event, llm_partial_answer& so_far);
    [[nodiscard]] static http_request embedding_request(const settings& wanted, std::span<const std::string> texts);
    [[nodiscard]] static std::expected<llm_embeddings, llm_failure> embeddings(const http_response& response);
};
static_assert(llm_streaming_provider<ollama> && llm_embedding_provider<ollama>);

} // namespace steward::inline v0::adapters

BOOST_HANA_ADAPT_STRUCT(steward::adapters::ollama_settings, base_url, model, api_key, temperature, max_tokens, timeout,
                        retry_count, retry_delay, requests_per_minute, tokens_per_minute, prompt_price,
                        completion_price, headers, ca_file, proxy, proxy_auth);
