// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapters/http/request.hpp>
#include <steward/adapters/http/response.hpp>
#include <steward/adapters/http/settings.hpp>
#include <steward/adapters/llm/answer.hpp>
#include <steward/adapters/llm/error.hpp>
#include <steward/adapters/llm/message.hpp>
#include <steward/adapters/llm/options.hpp>
#include <steward/configuration.hpp>

#include <concepts>
#include <cstdint>
#include <expected>
#include <span>
#include <string>
#include <string_view>

namespace steward::inline v0::adapters {

/// How the pieces of an answer come.
enum class llm_stream_format : std::uint8_t {
    server_sent_events, ///< as the HTML standard has them: `data: {...}`
    json_lines,         ///< one JSON value on each line
};

/// One piece of a stream as it came.
struct llm_event {
    /// A server-sent event's type, `message` if it has none; empty where the stream is JSON lines.
    std::string_view type{};
    std::string_view data{}; ///< valid while the event is dealt with
};

/// What came of a stream so far.
struct llm_partial_answer {
    /// Events append to its text, which is passed on, and to its tool calls and their arguments.
    llm_answer answer{};
    /// What the model said instead of an answer.
    std::string refusal{};
    /// Whether the provider said that this was all. A stream that ends before that, without a finish reason, was cut.
    bool ended = false;
};

/// Who offers models: where its service is and how it is asked. A provider is a type with static functions alone; none of
/// them sends anything or keeps anything.
///
/// Of the settings, the client itself obeys those that are there of: `temperature` and `max_tokens` (where the options
/// leave them open), `requests_per_minute`, `tokens_per_minute`, `prompt_price` and `completion_price` (see
/// openai_settings). How long a completion may take and how often it is tried again is what `service` says.
template <class P>
concept llm_provider =
    requires(const typename P::settings& settings, configuration_check& check, const http_response& response,
             std::span<const llm_message> conversation, const llm_options& options, bool streamed) {
        /// Its name, and the model's, for messages.
        { P::name } -> std::convertible_to<std::string_view>;
        { settings.model } -> std::convertible_to<std::string_view>;
        /// Names what is wrong with the settings.
        P::check(settings, check);
        /// Where the service is, and how it is to be spoken to.
        { P::service(settings) } -> std::same_as<http_settings>;
        /// Asks for the next message of a conversation, as a stream or as a whole. Throws llm_error (invalid_request) where
        /// that cannot be said to this provider.
        { P::request(settings, conversation, options, streamed) } -> std::same_as<http_request>;
        /// What stands in a response of success that is no stream.
        { P::answer(response) } -> std::same_as<std::expected<llm_answer, llm_failure>>;
        /// What stands in any other.
        { P::failure(response) } -> std::same_as<llm_failure>;
    };

/// A provider whose answers may come in pieces.
template <class P>
concept llm_streaming_provider = llm_provider<P> && requires(const llm_event& event, llm_partial_answer& so_far) {
    { P::stream_format } -> std::convertible_to<llm_stream_format>;
    /// Adds the next event of a stream to what came before it, or says what failed.
    { P::on_event(event, so_far) } -> std::same_as<std::expected<void, llm_failure>>;
};

/// A provider that has embedding models.
template <class P>
concept llm_embedding_provider = llm_provider<P>
                                 && requires(const typename P::settings& settings, std::span<const std::string> texts,
                                             const http_response& response) {
                                        { P::embedding_request(settings, texts) } -> std::same_as<http_request>;
                                        /// What stands in a response of success to it.
                                        {
                                            P::embeddings(response)
                                        } -> std::same_as<std::expected<llm_embeddings, llm_failure>>;
                                    };

namespace detail {

/// The key as it was written or, where that is `${NAME}`, as the environment has it; if there is none, what was expected.
[[nodiscard]] std::expected<std::string, std::string> key_of(std::string_view written);

} // namespace detail
} // namespace steward::inline v0::adapters
