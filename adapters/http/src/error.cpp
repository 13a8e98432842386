// SPDX-License-Identifier: BSL-1.0
#include <steward/adapters/http/error.hpp>

#include "retrying.hpp"

#include <string>

namespace steward::inline v0::adapters {

std::string_view to_string(http_errc code) noexcept
{
    switch (code) {
    case http_errc::invalid_request: return "invalid request";
    case http_errc::cannot_connect: return "cannot connect";
    case http_errc::proxy: return "no connection through the proxy";
    case http_errc::tls: return "no secure connection";
    case http_errc::timed_out: return "timed out";
    case http_errc::connection_lost: return "connection lost";
    case http_errc::too_large: return "response too large";
    case http_errc::status: return "refused by the server";
    case http_errc::redirect: return "redirect not followed";
    case http_errc::malformed: return "malformed response";
    }
    return "http error";
}

namespace {

std::string text(http_errc code, std::string_view request, std::string_view details, int status)
{
    std::string result{request};
    result.append(result.empty() ? "" : ": ").append(to_string(code));
    if (status != 0)
        result.append(": status ").append(std::to_string(status));
    if (!details.empty())
        result.append(": ").append(details);
    return result;
}

} // namespace

http_error::http_error(http_errc code, std::string_view request, std::string_view details, int status,
                       std::string_view body)
    : std::runtime_error{text(code, request, details, status)}, code_{code}, status_{status},
      body_{body.empty() ? nullptr : std::make_shared<const std::string>(body.substr(0, 1'024))}
{
}

bool http_error::retriable() const noexcept
{
    switch (code_) {
    case http_errc::cannot_connect:
    case http_errc::timed_out:
    case http_errc::connection_lost: return true;
    case http_errc::status: return detail::may_change(status_);
    default: return false;
    }
}

} // namespace steward::inline v0::adapters
