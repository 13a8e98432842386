// SPDX-License-Identifier: BSL-1.0
#include <steward/adapters/llm/client.hpp>

#include <steward/adapters/http/error.hpp>
#include <steward/detail/redact.hpp>

#include <string>

namespace steward::adapters::detail {

namespace {

llm_errc code_of(http_errc code) noexcept
{
    switch (code) {
    case http_errc::invalid_request: return llm_errc::invalid_request;
    case http_errc::timed_out: return llm_errc::timed_out;
    case http_errc::too_large:
    case http_errc::malformed: return llm_errc::malformed;
    default: return llm_errc::unreachable;
    }
}

void remove_all(std::string& text, std::string_view secret)
{
    if (secret.empty())
        return;
    for (std::size_t at = 0; (at = text.find(secret, at)) != std::string::npos; at += 3)
        text.replace(at, secret.size(), "***");
}

// On one line, and not too long for one.
std::string shortened(std::string text)
{
    for (char& c : text)
        if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f)
            c = ' ';
    std::size_t end = 200;
    if (text.size() <= end)
        return text;
    while ((static_cast<unsigned char>(text[end]) & 0xc0U) == 0x80U) // within a letter of UTF-8
        --end;
    return text.substr(0, end) + "...";
}

} // namespace

http_response ask(http_client& client, const http_request& request, std::string_view provider, std::string_view model)
{
    try {
        return client.send(request);
    } catch (const http_error& error) {
        throw llm_error{code_of(error.code()), provider, model, error.what()};
    }
}

void fail(const llm_failure& failure, std::string_view provider, std::string_view model, const http_settings& service)
{
    std::string details = failure.details;
    if (service.auth.bearer)
        remove_all(details, service.auth.bearer->token);
    if (service.auth.basic)
        remove_all(details, service.auth.basic->password);
    for (const auto& [name, value] : service.headers)
        remove_all(details, value);
    throw llm_error{failure.code, provider, model, shortened(steward::detail::redact(details))};
}

} // namespace steward::adapters::detail
