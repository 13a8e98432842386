// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapters/llm/error.hpp>

#include <nlohmann/json.hpp>

#include <cstddef>
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <vector>

/// Reading what providers send: nothing of it is believed to be there, or to be of its type.
namespace steward::inline v0::adapters::detail {

/// A text as JSON; discarded if it is none, or nested so deeply that writing it again could exhaust the stack.
[[nodiscard]] nlohmann::json parsed(std::string_view text);
/// A member; null if it is not there.
[[nodiscard]] const nlohmann::json& member_of(const nlohmann::json& object, const char* name);
/// A member's text; empty if it is none.
[[nodiscard]] std::string text_of(const nlohmann::json& object, const char* name);
/// A member's number; zero if it is none, or none that could be counted.
[[nodiscard]] std::int64_t count_of(const nlohmann::json& object, const char* name);

/// Appends a vector of numbers; false if it is none, is empty, or has numbers that are too large.
[[nodiscard]] bool add_vector(const nlohmann::json& numbers, std::vector<std::vector<float>>& vectors);

/// What a status says if nothing else does.
[[nodiscard]] llm_errc code_of(int status) noexcept;
/// A failure with its status and the provider's words, but for those that quote the key.
[[nodiscard]] llm_failure failure_of(int status, llm_errc code, std::string_view words);

/// Why a response cannot be read: `expected one vector for each text`.
[[nodiscard]] std::unexpected<llm_failure> malformed(std::string details);
/// The same where nothing of it is as expected. Its text is not shown: an answer may be in it.
[[nodiscard]] std::unexpected<llm_failure> not_a(std::string_view expected, std::size_t bytes);

/// What a user gave as JSON text, such as a schema. Throws llm_error (invalid_request) if it is no object.
[[nodiscard]] nlohmann::json object_of(std::string_view text, std::string_view what, std::string_view provider,
                                       std::string_view model);
/// The text of a body. Throws llm_error (invalid_request) if there is a text in it that is not UTF-8.
[[nodiscard]] std::string body_of(const nlohmann::json& body, std::string_view provider, std::string_view model);

} // namespace steward::inline v0::adapters::detail
