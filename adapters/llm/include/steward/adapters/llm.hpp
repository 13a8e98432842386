// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapters/http/error.hpp>
#include <steward/adapters/http/http.hpp>
#include <steward/adapters/llm/answer.hpp>
#include <steward/adapters/llm/anthropic.hpp>
#include <steward/adapters/llm/client.hpp>
#include <steward/adapters/llm/error.hpp>
#include <steward/adapters/llm/huggingface.hpp>
#include <steward/adapters/llm/message.hpp>
#include <steward/adapters/llm/ollama.hpp>
#include <steward/adapters/llm/openai.hpp>
#include <steward/adapters/llm/options.hpp>
#include <steward/adapters/llm/provider.hpp>
#include <steward/configuration.hpp>
#include <steward/metrics_snapshot.hpp>
#include <steward/resource_health.hpp>

#include <memory>
#include <optional>
#include <utility>

namespace steward::inline v0::adapters {

/// A language model: `resource<"llm", adapters::llm<adapters::openai>>`. The settings are the provider's.
///
/// Nothing is sent before the first prompt. Threads: all functions may be called by several threads at once, each with a
/// client of its own.
template <class Provider>
class llm {
    static_assert(llm_provider<Provider>, "steward::adapters::llm: expected a provider such as "
                                          "steward::adapters::openai; see steward::adapters::llm_provider");

public:
    using settings = typename Provider::settings;
    using resource_type = llm_client<Provider>;

    /// Makes what its clients share: limits, totals, the service's state; connects to nobody.
    explicit llm(settings wanted)
        : settings_{std::move(wanted)}, http_{Provider::service(settings_)},
          service_{detail::make_llm_service(detail::limits_of(settings_))}
    {
    }

    static void check(const settings& wanted, configuration_check& check) { Provider::check(wanted, check); }

    [[nodiscard]] llm_client<Provider> create() { return {http_.create(), settings_, service_}; }
    /// No round trip: false if the client's last request got no response.
    [[nodiscard]] bool validate(llm_client<Provider>& client) noexcept { return http_.validate(client.http()); }
    /// How the client's last request ended, as http says it.
    [[nodiscard]] std::optional<bool> outcome(llm_client<Provider>& client) noexcept
    {
        return http_.outcome(client.http());
    }
    /// By the last request of any client, as http says it.
    [[nodiscard]] resource_health health() noexcept { return http_.health(); }

    /// Adds `requests` (that were sent, tries that failed included), `prompt_tokens`, `completion_tokens` and, by the
    /// settings' prices, `cost`.
    void report(metrics_snapshot& out) const
    {
        const llm_totals totals = detail::totals_of(*service_);
        out.add("requests", static_cast<double>(totals.requests));
        out.add("prompt_tokens", static_cast<double>(totals.prompt_tokens));
        out.add("completion_tokens", static_cast<double>(totals.completion_tokens));
        out.add("cost", totals.cost);
    }

private:
    settings settings_;
    http http_;
    std::shared_ptr<detail::llm_service> service_;
};

} // namespace steward::inline v0::adapters
