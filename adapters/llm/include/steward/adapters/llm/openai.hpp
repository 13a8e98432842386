// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapters/llm/provider.hpp>
#include <steward/field_name.hpp>

#include <chrono>
#include <expected>
#include <optional>
#include <string>
#include <string_view>

namespace steward::adapters {

struct openai_settings {
    /// OpenAI's own service, or any other with the same interface.
    std::string base_url = "https://api.openai.com/v1";
    std::string model{};
    /// The key, or `${NAME}` for a variable of the environment, which is read when the manager is built. It may be empty
    /// for other services than OpenAI's own.
    std::string api_key{};
    /// 0 to 2; the model's own if it is not given.
    std::optional<double> temperature{};
    /// The longest answer; as long as the model likes if it is not given.
    std::optional<unsigned> max_tokens{};
    /// For one completion, all tries and the pauses between them.
    std::chrono::milliseconds timeout{60'000};
    /// How often a prompt is sent again that got no answer (see http_settings).
    unsigned retry_count = 3;
    std::chrono::milliseconds retry_delay{500};
};

/// OpenAI's chat completions: `llm<openai>`.
struct openai {
    using settings = openai_settings;
    static constexpr std::string_view name = "openai";

    static void check(const settings& wanted, configuration_check& check);
    [[nodiscard]] static http_settings service(const settings& wanted);
    [[nodiscard]] static http_request request(const settings& wanted, std::string_view prompt,
                                              const llm_options& options);
    [[nodiscard]] static std::expected<llm_answer, llm_failure> answer(const http_response& response);
    [[nodiscard]] static llm_failure failure(const http_response& response);
};
static_assert(llm_provider<openai>);

} // namespace steward::adapters

BOOST_HANA_ADAPT_STRUCT(steward::adapters::openai_settings, base_url, model, api_key, temperature, max_tokens, timeout,
                        retry_count, retry_delay);
