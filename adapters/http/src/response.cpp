// SPDX-License-Identifier: BSL-1.0
#include <steward/adapters/http/error.hpp>
#include <steward/adapters/http/response.hpp>

#include "retrying.hpp"

#include <nlohmann/json.hpp>

namespace steward::inline v0::adapters {

std::optional<std::string_view> http_response::header(std::string_view name) const
{
    const auto found = headers.find(name);
    return found == headers.end() ? std::nullopt : std::optional<std::string_view>{found->second};
}

std::optional<std::chrono::nanoseconds> http_response::retry_after() const
{
    const auto value = header("Retry-After");
    return value ? detail::retry_after(*value, std::chrono::system_clock::now()) : std::nullopt;
}

nlohmann::json http_response::json() const
{
    auto parsed = nlohmann::json::parse(body, nullptr, false);
    if (parsed.is_discarded())
        throw http_error{http_errc::malformed, request,
                         "expected JSON, got " + std::to_string(body.size()) + " bytes of something else", status};
    return parsed;
}

const http_response& http_response::raise_for_status() const
{
    if (status >= 400)
        throw http_error{http_errc::status, request,
                         status == 401 || status == 403 ? "check auth and what it is allowed to"
                         : status == 404                ? "check base_url and the path"
                         : status >= 500                ? "the service failed; its own log says why"
                                                        : "the response's body may say why",
                         status, body};
    return *this;
}

} // namespace steward::inline v0::adapters
