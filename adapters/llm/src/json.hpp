// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapters/llm/error.hpp>

#include <nlohmann/json.hpp>

#include <cstddef>
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

/// Reading what providers send: nothing of it is believed to be there, or to be of its type.
namespace steward::adapters::detail {

/// A member; null if it is not there.
[[nodiscard]] const nlohmann::json& member_of(const nlohmann::json& object, const char* name);
/// A member's text; empty if it is none.
[[nodiscard]] std::string text_of(const nlohmann::json& object, const char* name);
/// A member's number; zero if it is none, or none that could be counted.
[[nodiscard]] std::int64_t count_of(const nlohmann::json& object, const char* name);

/// Why a response cannot be read: `expected one vector for each text`.
[[nodiscard]] std::unexpected<llm_failure> malformed(std::string details);
/// The same where nothing of it is as expected. Its text is not shown: an answer may be in it.
[[nodiscard]] std::unexpected<llm_failure> not_a(std::string_view expected, std::size_t bytes);

/// What a user gave as JSON text, such as a schema. Throws llm_error (invalid_request) if it is no object.
[[nodiscard]] nlohmann::json object_of(std::string_view text, std::string_view what, std::string_view provider,
                                       std::string_view model);
/// The text of a body. Throws llm_error (invalid_request) if there is a text in it that is not UTF-8.
[[nodiscard]] std::string body_of(const nlohmann::json& body, std::string_view provider, std::string_view model);

} // namespace steward::adapters::detail
