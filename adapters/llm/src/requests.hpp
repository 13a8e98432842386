// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapters/http/request.hpp>
#include <steward/adapters/llm/message.hpp>
#include <steward/adapters/llm/options.hpp>

#include <nlohmann/json.hpp>

#include <span>
#include <string>
#include <string_view>

/// What several providers are asked in the same way. All of it throws llm_error (invalid_request) where a user's text is not
/// what it has to be.
namespace steward::inline v0::adapters::detail {

/// Who is asked, for messages.
struct asked_model {
    std::string_view provider{};
    std::string_view model{};
};

/// A POST of JSON, which may be repeated: a second answer costs money, but does no harm.
[[nodiscard]] http_request post_of(std::string path, const nlohmann::json& body, const asked_model& asked);

/// A schema that a user gave as text, or one of any object if there is none.
[[nodiscard]] nlohmann::json schema_of(std::string_view text, std::string_view what, const asked_model& asked);

/// A tool as OpenAI, and whoever follows it, describes it.
[[nodiscard]] nlohmann::json function_of(const llm_tool& tool, const asked_model& asked);

/// The body of a chat completion as OpenAI has it, without a limit for tokens, which goes by several names.
[[nodiscard]] nlohmann::json chat_completion(const asked_model& asked, std::span<const llm_message> conversation,
                                             const llm_options& options, bool streamed);

} // namespace steward::inline v0::adapters::detail
