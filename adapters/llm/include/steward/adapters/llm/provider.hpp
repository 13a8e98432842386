// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapters/http/request.hpp>
#include <steward/adapters/http/response.hpp>
#include <steward/adapters/http/settings.hpp>
#include <steward/adapters/llm/answer.hpp>
#include <steward/adapters/llm/error.hpp>
#include <steward/configuration.hpp>

#include <concepts>
#include <expected>
#include <string>
#include <string_view>

namespace steward::adapters {

/// Who offers models: where its service is and how it is asked. A provider is a type with static functions alone; none of
/// them sends anything.
template <class P>
concept llm_provider = requires(const typename P::settings& settings, configuration_check& check,
                                const http_response& response, std::string_view prompt, const llm_options& options) {
    /// Its name, and the model's, for messages.
    { P::name } -> std::convertible_to<std::string_view>;
    { settings.model } -> std::convertible_to<std::string_view>;
    /// Names what is wrong with the settings.
    P::check(settings, check);
    /// Where the service is, and how it is to be spoken to.
    { P::service(settings) } -> std::same_as<http_settings>;
    { P::request(settings, prompt, options) } -> std::same_as<http_request>;
    /// What stands in a response of success.
    { P::answer(response) } -> std::same_as<std::expected<llm_answer, llm_failure>>;
    /// What stands in any other.
    { P::failure(response) } -> std::same_as<llm_failure>;
};

namespace detail {

/// The key as it was written or, where that is `${NAME}`, as the environment has it; if there is none, what was expected.
[[nodiscard]] std::expected<std::string, std::string> key_of(std::string_view written);

} // namespace detail
} // namespace steward::adapters
