// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapters/http/client.hpp>
#include <steward/adapters/llm/answer.hpp>
#include <steward/adapters/llm/error.hpp>
#include <steward/adapters/llm/provider.hpp>
#include <steward/time.hpp>

#include <cstddef>
#include <cstdint>
#include <expected>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

/// What llm_client does that depends on no provider's type.
namespace steward::inline v0::adapters::detail {

class llm_service;
class stream_reader;

/// What a provider's settings may have beside what the provider itself reads.
struct llm_limits {
    std::optional<unsigned> requests_per_minute{};
    std::optional<unsigned> tokens_per_minute{};
    double prompt_price = 0;
    double completion_price = 0;
};

/// What all clients of one adapter share: limits and totals.
[[nodiscard]] std::shared_ptr<llm_service> make_llm_service(const llm_limits& limits);
[[nodiscard]] llm_totals totals_of(const llm_service& service) noexcept;

/// A provider's functions; null where it has none.
struct llm_functions {
    std::string_view name;
    std::expected<llm_answer, llm_failure> (*answer)(const http_response& response);
    llm_failure (*failure)(const http_response& response);
    llm_stream_format stream_format = llm_stream_format::server_sent_events;
    std::expected<void, llm_failure> (*on_event)(const llm_event& event, llm_partial_answer& so_far) = nullptr;
    std::expected<llm_embeddings, llm_failure> (*embeddings)(const http_response& response) = nullptr;
};

template <llm_provider P>
[[nodiscard]] constexpr llm_functions functions_of() noexcept
{
    llm_functions functions{.name = P::name, .answer = &P::answer, .failure = &P::failure};
    if constexpr (llm_streaming_provider<P>) {
        functions.stream_format = P::stream_format;
        functions.on_event = &P::on_event;
    }
    if constexpr (llm_embedding_provider<P>)
        functions.embeddings = &P::embeddings;
    return functions;
}

template <class Settings>
[[nodiscard]] llm_limits limits_of(const Settings& settings)
{
    llm_limits limits;
    if constexpr (requires { settings.requests_per_minute; })
        limits.requests_per_minute = settings.requests_per_minute;
    if constexpr (requires { settings.tokens_per_minute; })
        limits.tokens_per_minute = settings.tokens_per_minute;
    if constexpr (requires { settings.prompt_price; })
        limits.prompt_price = settings.prompt_price;
    if constexpr (requires { settings.completion_price; })
        limits.completion_price = settings.completion_price;
    return limits;
}

/// The options, with the settings' values where they leave something open.
template <class Settings>
[[nodiscard]] llm_options with_defaults(llm_options options, const Settings& settings)
{
    if constexpr (requires { settings.temperature; })
        if (!options.temperature)
            options.temperature = settings.temperature;
    if constexpr (requires { settings.max_tokens; })
        if (!options.max_tokens)
            options.max_tokens = settings.max_tokens;
    return options;
}

/// Sends the requests of one client. Errors: llm_error.
class llm_transport {
public:
    llm_transport(http_client client, const llm_functions& functions, std::string model,
                  std::shared_ptr<llm_service> service);

    /// `most_tokens` is the longest answer, for the limits; 0 if it is not known.
    [[nodiscard]] llm_answer complete(const http_request& request, unsigned most_tokens);
    [[nodiscard]] llm_answer stream(const http_request& request, unsigned most_tokens,
                                    const std::function<bool(std::string_view)>& sink);
    [[nodiscard]] llm_embeddings embed(const http_request& request, std::size_t texts);

    [[nodiscard]] http_client& http() noexcept { return client_; }

private:
    struct refusal;

    [[nodiscard]] static std::int64_t estimate(const http_request& request, unsigned most_tokens);
    void settle(const llm_usage& usage, std::int64_t booked);
    void wait_for_turn(std::int64_t booked, time_point deadline);
    [[nodiscard]] http_response send(const http_request& request, std::int64_t booked, stream_reader* reader = nullptr);
    [[nodiscard]] std::expected<http_response, refusal> try_once(const http_request& request, std::int64_t booked,
                                                                 stream_reader* reader);
    [[noreturn]] void fail(const llm_failure& failure, std::optional<duration> retry_after = {}) const;

    http_client client_;
    llm_functions functions_;
    std::string model_;
    std::shared_ptr<llm_service> service_;
};

} // namespace steward::inline v0::adapters::detail
