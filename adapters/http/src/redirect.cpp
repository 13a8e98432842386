// SPDX-License-Identifier: BSL-1.0
#include "redirect.hpp"

#include "header_rules.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace steward::inline v0::adapters::detail {

namespace {

// RFC 3986, 5.2.4: the path without its `.` and `..`, which lead nowhere above the root.
std::string without_dots(std::string_view path)
{
    std::string result;
    while (!path.empty()) {
        path.remove_prefix(1); // the slash
        const std::size_t end = std::min(path.find('/'), path.size());
        const std::string_view segment = path.substr(0, end);
        path.remove_prefix(end);
        if (segment == "..")
            result.resize(std::min(result.rfind('/'), result.size()));
        if (segment != "." && segment != "..")
            result.append(1, '/').append(segment);
        else if (path.empty())
            result += '/';
    }
    return result;
}

bool has_scheme(std::string_view location)
{
    const std::size_t colon = location.find(':');
    return colon != std::string_view::npos && colon < location.find_first_of("/?");
}

std::string target_beside(std::string_view target, std::string_view relative)
{
    const std::string_view path = target.substr(0, target.find('?'));
    if (relative.starts_with('?'))
        return std::string{path}.append(relative);
    return std::string{path.substr(0, path.rfind('/') + 1)}.append(relative);
}

constexpr std::array<std::string_view, 9> harmless{
    "Accept",        "Accept-Language",   "Cache-Control", "Content-Language", "Content-Type",
    "If-None-Match", "If-Modified-Since", "Range",         "User-Agent"};
constexpr std::array<std::string_view, 4> of_body{"Content-Type", "Content-Language", "Content-Encoding",
                                                  "Content-Location"};

} // namespace

bool is_redirect(int status) noexcept
{
    static constexpr std::array statuses{301, 302, 303, 307, 308};
    return std::ranges::find(statuses, status) != statuses.end();
}

std::expected<destination, std::string_view> resolve(const base_url& from, std::string_view target,
                                                     std::string_view location)
{
    if (location.empty() || std::ranges::any_of(location, is_control))
        return std::unexpected{"a URL without control characters"};
    location = location.substr(0, location.find('#'));
    destination to{from, {}};
    std::string whole;
    if (location.starts_with("//")) {
        whole.append(from.tls ? "https:" : "http:").append(location);
        location = whole;
    }
    if (has_scheme(location)) {
        auto server = take_origin(location);
        if (!server)
            return std::unexpected{server.error()};
        to.server = *std::move(server);
        whole = location.starts_with('/') ? location : std::string{"/"}.append(location);
    } else {
        whole = location.starts_with('/') ? std::string{location} : target_beside(target, location);
    }
    const std::size_t query = std::min(whole.find('?'), whole.size());
    to.target = encoded(without_dots(std::string_view{whole}.substr(0, query)) + whole.substr(query));
    return to;
}

http_request redirected(const http_request& request, int status, bool stranger)
{
    http_request next = request;
    if (stranger)
        std::erase_if(next.headers, [&](const auto& header) { return !is_one_of(harmless, header.first); });
    const bool asks_anew =
        (status == 303 && request.method != "HEAD") || ((status == 301 || status == 302) && request.method == "POST");
    if (asks_anew) {
        next.method = "GET";
        next.body.clear();
        next.source = {};
        next.content_type.clear();
        std::erase_if(next.headers, [&](const auto& header) { return is_one_of(of_body, header.first); });
    }
    return next;
}

http_settings for_stranger(const http_settings& settings, const base_url& server)
{
    http_settings result = settings;
    result.base_url = server.origin();
    result.headers.clear();
    result.auth = {};
    return result;
}

} // namespace steward::inline v0::adapters::detail
