// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapters/http/client.hpp>
#include <steward/adapters/llm/answer.hpp>
#include <steward/adapters/llm/error.hpp>
#include <steward/adapters/llm/provider.hpp>

#include <string_view>
#include <utility>

namespace steward::adapters {

namespace detail {

/// Sends a request; a transport that fails is an llm_error, too.
[[nodiscard]] http_response ask(http_client& client, const http_request& request, std::string_view provider,
                                std::string_view model);
/// Throws the failure as an llm_error, without the secrets with which the service was asked.
[[noreturn]] void fail(const llm_failure& failure, std::string_view provider, std::string_view model,
                       const http_settings& service);

} // namespace detail

/// Speaks to one model of one provider.
///
///     const auto answer = llm->complete("Analyze this text", {.system = "You are a helpful assistant"});
///
/// Errors: llm_error. Threads: one at a time; a lease of a pool guarantees that.
template <llm_provider Provider>
class llm_client {
public:
    llm_client(http_client client, typename Provider::settings settings)
        : client_{std::move(client)}, settings_{std::move(settings)}
    {
    }

    /// One prompt, one answer. Nothing of it is remembered for the next one. What failed without an answer is tried again,
    /// as often as the settings say.
    [[nodiscard]] llm_answer complete(std::string_view prompt, const llm_options& options = {})
    {
        const http_response response =
            detail::ask(client_, Provider::request(settings_, prompt, options), Provider::name, settings_.model);
        if (!response.ok())
            detail::fail(Provider::failure(response), Provider::name, settings_.model, client_.settings());
        auto answer = Provider::answer(response);
        if (!answer)
            detail::fail(answer.error(), Provider::name, settings_.model, client_.settings());
        return *std::move(answer);
    }

    /// The client underneath, for what the provider offers besides.
    [[nodiscard]] http_client& http() noexcept { return client_; }

private:
    http_client client_;
    typename Provider::settings settings_;
};

} // namespace steward::adapters
