// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapters/llm/transport.hpp>

#include <concepts>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace steward::inline v0::adapters {

/// What the pieces of a stream are given to. If it returns a bool, false ends the stream.
template <class F>
concept llm_sink = std::invocable<F&, std::string_view>
                   && (std::is_void_v<std::invoke_result_t<F&, std::string_view>>
                       || std::convertible_to<std::invoke_result_t<F&, std::string_view>, bool>);

/// Speaks to one model of one provider.
///
///     const auto answer = llm->complete("Analyze this text", {.system = "You are a helpful assistant"});
///     llm->stream("Tell a story", [](std::string_view piece) { std::cout << piece << std::flush; });
///
/// Nothing of a conversation is remembered for the next one. What failed without an answer is tried again, as often as the
/// settings say. Errors: llm_error. Threads: one at a time; a lease of a pool guarantees that.
template <llm_provider Provider>
class llm_client {
public:
    /// `llm::create` makes it: `client` speaks to the provider, `service` is what all clients of one adapter share.
    llm_client(http_client client, typename Provider::settings settings, std::shared_ptr<detail::llm_service> service)
        : settings_{std::move(settings)}, transport_{std::move(client), detail::functions_of<Provider>(),
                                                     std::string{settings_.model}, std::move(service)}
    {
    }

    /// One prompt, one answer.
    [[nodiscard]] llm_answer complete(std::string_view prompt, const llm_options& options = {})
    {
        return complete(said(prompt), options);
    }
    /// The next message of a conversation.
    [[nodiscard]] llm_answer complete(const llm_conversation& conversation, const llm_options& options = {})
    {
        const llm_options all = detail::with_defaults(options, settings_);
        return transport_.complete(Provider::request(settings_, conversation, all, false), all.max_tokens.value_or(0));
    }

    /// The same, and the answer's text piece by piece as it comes; the result is the whole of it. Once there was a piece, it
    /// is not tried again.
    /// @{
    template <llm_sink Sink>
        requires llm_streaming_provider<Provider>
    llm_answer stream(std::string_view prompt, Sink&& sink, const llm_options& options = {})
    {
        return stream(said(prompt), sink, options);
    }
    template <llm_sink Sink>
        requires llm_streaming_provider<Provider>
    llm_answer stream(const llm_conversation& conversation, Sink&& sink, const llm_options& options = {})
    {
        const llm_options all = detail::with_defaults(options, settings_);
        return transport_.stream(Provider::request(settings_, conversation, all, true), all.max_tokens.value_or(0),
                                 [&sink](std::string_view piece) {
                                     if constexpr (std::is_void_v<std::invoke_result_t<Sink&, std::string_view>>)
                                         return sink(piece), true;
                                     else
                                         return static_cast<bool>(sink(piece));
                                 });
    }
    /// @}

    /// A vector for each text. The settings' model has to be one for embeddings.
    [[nodiscard]] llm_embeddings embed(const std::vector<std::string>& texts)
        requires llm_embedding_provider<Provider>
    {
        return transport_.embed(Provider::embedding_request(settings_, texts), texts.size());
    }

    /// The client underneath, for what the provider offers besides.
    [[nodiscard]] http_client& http() noexcept { return transport_.http(); }

private:
    [[nodiscard]] static llm_conversation said(std::string_view prompt)
    {
        return {llm_message{.text = std::string{prompt}}};
    }

    typename Provider::settings settings_;
    detail::llm_transport transport_;
};

} // namespace steward::inline v0::adapters
