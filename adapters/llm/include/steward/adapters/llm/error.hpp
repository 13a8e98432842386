// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <chrono>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

namespace steward::inline v0::adapters {

/// Why a model gave no answer.
enum class llm_errc {
    rate_limited,    ///< too many requests or tokens in too short a time
    quota_exhausted, ///< the account is used up
    invalid_key,     ///< the provider does not know the key
    overloaded,      ///< the provider has too much to do, or failed
    invalid_request, ///< the provider does not accept the request: an unknown model, a prompt that is too long
    refused,         ///< the model would not answer, or the account must not use it
    malformed,       ///< the response is not what the provider's interface says
    timed_out,       ///< the settings' timeout is over
    unreachable,     ///< no connection to the provider, or it was lost
    other,           ///< the text says more
};

/// The code in words: "rate limited".
[[nodiscard]] std::string_view to_string(llm_errc code) noexcept;
/// Whether what failed so may be answered later without anything else being changed.
[[nodiscard]] bool is_retriable(llm_errc code) noexcept;

/// What a provider's response says went wrong, before it is known whose it is.
struct llm_failure {
    llm_errc code = llm_errc::other; ///< why
    std::string details{};           ///< the provider's words; keys are removed from it
};

/// A completion that failed: its text has the provider, the model, the reason, and what to do about it. The key, the
/// prompt and the answer are no part of it.
class llm_error : public std::runtime_error {
public:
    /// `details` is what the provider said, without keys.
    llm_error(llm_errc code, std::string_view provider, std::string_view model, std::string_view details = {},
              std::optional<std::chrono::nanoseconds> retry_after = {});

    /// Why there is no answer.
    [[nodiscard]] llm_errc code() const noexcept { return code_; }
    /// Whether the same prompt may be answered later without anything else being changed.
    [[nodiscard]] bool retriable() const noexcept { return is_retriable(code_); }
    /// How long to wait before that, where the provider or the settings' limits say so.
    [[nodiscard]] std::optional<std::chrono::nanoseconds> retry_after() const noexcept { return retry_after_; }

private:
    llm_errc code_;
    std::optional<std::chrono::nanoseconds> retry_after_;
};

} // namespace steward::inline v0::adapters
