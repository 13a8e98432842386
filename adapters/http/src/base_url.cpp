// SPDX-License-Identifier: BSL-1.0
#include "base_url.hpp"

#include "header_rules.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstddef>
#include <utility>

#include <arpa/inet.h>

namespace steward::inline v0::adapters::detail {

namespace {

bool is_host_letter(char c) noexcept
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-'
           || c == '_';
}

char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// Removes the scheme from the front of the text.
bool take_scheme(std::string_view& text, std::string_view scheme)
{
    if (!std::ranges::equal(text.substr(0, scheme.size()), scheme, {}, lower))
        return false;
    text.remove_prefix(scheme.size());
    return true;
}

bool is_ipv6(const std::string& text) noexcept
{
    in6_addr address{};
    return ::inet_pton(AF_INET6, text.c_str(), &address) == 1;
}

// The path as somebody may read it who decodes dots and slashes before he looks at its segments.
std::string without_escapes(std::string_view path)
{
    static constexpr std::array<std::pair<std::string_view, char>, 3> escapes{
        {{"%2e", '.'}, {"%2f", '/'}, {"%5c", '/'}}};
    if (path.find_first_of("%\\") == std::string_view::npos)
        return std::string{path};
    std::string plain;
    while (!path.empty()) {
        const auto escape = std::ranges::find_if(
            escapes, [&](const auto& each) { return std::ranges::equal(path.substr(0, 3), each.first, {}, lower); });
        const bool found = escape != escapes.end();
        plain += found ? escape->second : path.front() == '\\' ? '/' : path.front();
        path.remove_prefix(found ? 3 : 1);
    }
    return plain;
}

// What may stand in a path or a query. A '%' is taken for the beginning of something that is encoded already.
bool stays_as_it_is(char c) noexcept
{
    static constexpr std::array<bool, 256> stays = [] {
        std::array<bool, 256> all{};
        for (unsigned char byte = 0x21; byte != 0x7f; ++byte)
            all[byte] = !std::string_view{"\"<>\\^`{|}"}.contains(static_cast<char>(byte));
        return all;
    }();
    return stays[static_cast<unsigned char>(c)];
}

// A server, or a proxy before it, may take these for "here" and "the directory above", and leave the prefix.
bool has_dot_segment(std::string_view path)
{
    if (!path.contains('.') && !path.contains('%'))
        return false;
    const std::string plain = without_escapes(path);
    for (std::size_t begin = 0; begin <= plain.size();) {
        const std::size_t end = std::min(plain.find('/', begin), plain.size());
        const std::string_view segment = std::string_view{plain}.substr(begin, end - begin);
        if (segment == "." || segment == "..")
            return true;
        begin = end + 1;
    }
    return false;
}

// The host and the port, from what stands between `//` and the path.
bool parse_authority(std::string_view text, base_url& url)
{
    std::string_view port;
    if (text.starts_with('[')) {
        const std::size_t end = text.find(']');
        if (end == std::string_view::npos)
            return false;
        url.host = text.substr(1, end - 1);
        port = text.substr(end + 1);
        if (!is_ipv6(url.host))
            return false;
    } else {
        const std::size_t end = std::min(text.find(':'), text.size());
        url.host = text.substr(0, end);
        port = text.substr(end);
        if (url.host.empty() || !std::ranges::all_of(url.host, is_host_letter))
            return false;
    }
    url.port = url.tls ? 443 : 80;
    if (port.empty())
        return true;
    const char* const last = port.data() + port.size();
    const auto [end, error] = std::from_chars(port.data() + 1, last, url.port);
    return port.front() == ':' && port.size() > 1 && error == std::errc{} && end == last && url.port > 0
           && url.port <= 65'535;
}

} // namespace

bool is_control(char c) noexcept { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }

std::string base_url::authority() const
{
    const std::string name = host.find(':') == std::string::npos ? host : '[' + host + ']';
    return port == (tls ? 443 : 80) ? name : name + ':' + std::to_string(port);
}

std::string base_url::origin() const { return (tls ? "https://" : "http://") + authority(); }

bool same_origin(const base_url& a, const base_url& b) noexcept
{
    return a.tls == b.tls && a.port == b.port && std::ranges::equal(a.host, b.host, {}, lower, lower);
}

std::expected<base_url, std::string_view> take_origin(std::string_view& text)
{
    base_url url;
    url.tls = take_scheme(text, "https://");
    if (!url.tls && !take_scheme(text, "http://"))
        return std::unexpected{"a URL that begins with http:// or https://"};
    const std::string_view authority = text.substr(0, text.find_first_of("/?#"));
    text.remove_prefix(authority.size());
    if (authority.contains('@'))
        return std::unexpected{"a URL without user-info, which is given as auth"};
    if (!parse_authority(authority, url))
        return std::unexpected{"a URL with a host, and perhaps a port from 1 to 65535"};
    return url;
}

std::expected<base_url, std::string_view> parse_base_url(std::string_view text)
{
    if (!is_visible_ascii(text))
        return std::unexpected{"a URL of visible ASCII characters, without blanks and line ends"};
    auto url = take_origin(text);
    if (!url)
        return url;
    if (text.find_first_of("?#") != std::string_view::npos)
        return std::unexpected{"a URL without a query or a fragment"};
    if (has_dot_segment(text))
        return std::unexpected{"a URL whose path has no '.' or '..' in it"};
    while (text.ends_with('/'))
        text.remove_suffix(1);
    url->prefix = text;
    return url;
}

void append_escaped(std::string& to, char c)
{
    static constexpr std::string_view digits = "0123456789ABCDEF";
    const auto byte = static_cast<unsigned char>(c);
    to.append(1, '%').append(1, digits[byte >> 4]).append(1, digits[byte & 15]);
}

std::string encoded(std::string_view path)
{
    std::string result;
    result.reserve(path.size());
    while (!path.empty()) {
        const auto plain = static_cast<std::size_t>(std::ranges::find_if_not(path, stays_as_it_is) - path.begin());
        result.append(path.substr(0, plain));
        path.remove_prefix(plain);
        if (!path.empty()) {
            append_escaped(result, path.front());
            path.remove_prefix(1);
        }
    }
    return result;
}

std::expected<std::string, std::string_view> request_target(std::string_view prefix, std::string_view path)
{
    if (std::ranges::any_of(path, is_control))
        return std::unexpected{"a path without line ends and other control characters"};
    if (path.contains('#'))
        return std::unexpected{"a path without '#', which is written as %23"};
    const std::size_t query = std::min(path.find('?'), path.size());
    if (has_dot_segment(path.substr(0, query)))
        return std::unexpected{"a path beneath base_url, without '.' and '..'"};
    std::string target{prefix};
    if (!path.starts_with('/') && (query != 0 || prefix.empty()))
        target += '/';
    return target += encoded(path);
}

} // namespace steward::inline v0::adapters::detail
