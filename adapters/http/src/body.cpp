// SPDX-License-Identifier: BSL-1.0
#include <steward/adapters/http/body.hpp>
#include <steward/adapters/http/error.hpp>

#include "base_url.hpp"
#include "header_rules.hpp"
#include "query.hpp"

#include <algorithm>
#include <random>
#include <string_view>

namespace steward::inline v0::adapters {

namespace {

std::string random_boundary()
{
    static constexpr std::string_view letters = "0123456789abcdefghijklmnopqrstuv";
    std::random_device random;
    std::string boundary = "steward-";
    for (int i = 0; i != 26; ++i) // 130 bits
        boundary += letters[random() % letters.size()];
    return boundary;
}

// As browsers do (WHATWG HTML, 4.10.21.8); line ends are refused before.
std::string quoted(std::string_view name)
{
    std::string result = "\"";
    for (const char c : name)
        result += c == '"' ? "%22" : std::string{c};
    return result += '"';
}

void check_part(const http_part& part)
{
    const auto refuse = [](std::string_view expected) {
        throw http_error{http_errc::invalid_request, "multipart", std::string{"expected "}.append(expected)};
    };
    if (part.name.empty() || std::ranges::any_of(part.name, detail::is_control))
        refuse("parts with names without line ends and other control characters");
    if (std::ranges::any_of(part.file_name, detail::is_control))
        refuse("file names without line ends and other control characters");
    if (!detail::is_header_value(part.content_type))
        refuse("types of parts without line ends and other control characters");
}

} // namespace

http_body form_body(const http_fields& fields)
{
    http_body body{.content_type = "application/x-www-form-urlencoded"};
    for (const auto& [name, value] : fields)
        body.content.append(body.content.empty() ? "" : "&")
            .append(detail::encoded_component(name))
            .append("=")
            .append(detail::encoded_component(value));
    return body;
}

http_body multipart_body(const std::vector<http_part>& parts)
{
    const std::string boundary = random_boundary();
    http_body body{.content_type = "multipart/form-data; boundary=" + boundary};
    std::string& to = body.content;
    for (const http_part& part : parts) {
        check_part(part);
        const bool is_file = !part.file_name.empty();
        const std::string_view type =
            is_file && part.content_type.empty() ? "application/octet-stream" : std::string_view{part.content_type};
        to.append("--").append(boundary).append("\r\nContent-Disposition: form-data; name=").append(quoted(part.name));
        if (is_file)
            to.append("; filename=").append(quoted(part.file_name));
        if (!type.empty())
            to.append("\r\nContent-Type: ").append(type);
        to.append("\r\n\r\n").append(part.content).append("\r\n");
    }
    to.append("--").append(boundary).append("--\r\n");
    return body;
}

} // namespace steward::inline v0::adapters
