// SPDX-License-Identifier: BSL-1.0
#include <steward/adapters/llm/error.hpp>

namespace steward::inline v0::adapters {

std::string_view to_string(llm_errc code) noexcept
{
    switch (code) {
    case llm_errc::rate_limited: return "rate limited";
    case llm_errc::quota_exhausted: return "quota exhausted";
    case llm_errc::invalid_key: return "invalid key";
    case llm_errc::overloaded: return "overloaded";
    case llm_errc::invalid_request: return "invalid request";
    case llm_errc::refused: return "refused";
    case llm_errc::malformed: return "malformed response";
    case llm_errc::timed_out: return "timed out";
    case llm_errc::unreachable: return "unreachable";
    case llm_errc::other: return "failed";
    }
    return "failed";
}

namespace {

std::string_view advice(llm_errc code) noexcept
{
    switch (code) {
    case llm_errc::rate_limited: return "ask less often, or with a larger retry_delay and timeout";
    case llm_errc::quota_exhausted: return "look at the account's plan and limits";
    case llm_errc::invalid_key: return "expected a key of this provider in api_key";
    case llm_errc::overloaded: return "ask again later";
    case llm_errc::invalid_request: return "check the model, the prompt's length and the other settings";
    case llm_errc::refused: return "ask something else, or check what the account is allowed to";
    case llm_errc::malformed: return "check that base_url is this provider's interface";
    case llm_errc::timed_out: return "a larger timeout waits longer";
    case llm_errc::unreachable: return "check base_url and the network";
    case llm_errc::other: break;
    }
    return "the provider's status page may say more";
}

std::string text(llm_errc code, std::string_view provider, std::string_view model, std::string_view details)
{
    std::string result{provider};
    result.append(" (").append(model).append("): ").append(to_string(code));
    if (!details.empty())
        result.append(": ").append(details);
    return result.append("; ").append(advice(code));
}

} // namespace

bool is_retriable(llm_errc code) noexcept
{
    return code == llm_errc::rate_limited || code == llm_errc::overloaded || code == llm_errc::timed_out
           || code == llm_errc::unreachable;
}

llm_error::llm_error(llm_errc code, std::string_view provider, std::string_view model, std::string_view details,
                     std::optional<std::chrono::nanoseconds> retry_after)
    : std::runtime_error{text(code, provider, model, details)}, code_{code}, retry_after_{retry_after}
{
}

} // namespace steward::inline v0::adapters
