// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace steward::detail {

[[nodiscard]] constexpr char lower(char c) noexcept
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

[[nodiscard]] constexpr bool is_word(char c) noexcept
{
    return (lower(c) >= 'a' && lower(c) <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
}

/// Ends where the value that starts at `begin` ends: at its closing quote, or at a blank, `;`, `&`, `,` or the end.
[[nodiscard]] inline std::size_t end_of_value(std::string_view text, std::size_t begin)
{
    if (begin < text.size() && (text[begin] == '\'' || text[begin] == '"')) {
        std::size_t end = begin + 1;
        while (end < text.size() && text[end] != text[begin])
            end += text[end] == '\\' ? 2 : 1;
        return end < text.size() ? end + 1 : text.size();
    }
    const std::size_t end = text.find_first_of(" \t\r\n;&,", begin);
    return end == std::string_view::npos ? text.size() : end;
}

/// Whether `host:1234`: digits alone behind the last colon, or no colon.
[[nodiscard]] inline bool is_host_and_port(std::string_view text)
{
    const std::size_t colon = text.rfind(':');
    return colon == std::string_view::npos || text.find_first_not_of("0123456789", colon + 1) == std::string_view::npos
           || text.back() == ']';
}

/// Where the part of a URL that may hold user-info ends. A password with a bare `/`, `?` or `#` is no proper URL, but
/// people write them: what cannot be host and port is taken up to the next blank or quote.
[[nodiscard]] inline std::size_t end_of_authority(std::string_view text, std::size_t begin)
{
    static constexpr std::string_view blanks = " \t\r\n'\"";
    const std::size_t word = std::min(text.find_first_of(blanks, begin), text.size());
    const std::size_t end = std::min(text.find_first_of("/?#", begin), word);
    const std::string_view authority = text.substr(begin, end - begin);
    return authority.contains('@') || is_host_and_port(authority) ? end : word;
}

/// Replaces `user:secret@` behind each `://` by `***@`.
inline void redact_user_info(std::string& text)
{
    for (std::size_t at = text.find("://"); at != std::string::npos; at = text.find("://", at + 3)) {
        const std::size_t begin = at + 3;
        const std::size_t end = end_of_authority(text, begin);
        const std::size_t last = text.rfind('@', end - 1);
        if (last != std::string::npos && last >= begin)
            text.replace(begin, last - begin, "***");
    }
}

/// Replaces the values of keys that name a secret (`password=`, `api_key: `, `Bearer `) by `***`.
inline void redact_values(std::string& text)
{
    static constexpr std::array<std::string_view, 9> keys{"password", "passwd",  "pwd",    "secret",       "token",
                                                          "api_key",  "api-key", "apikey", "authorization"};
    std::string folded{text};
    for (char& c : folded)
        c = lower(c);
    for (const std::string_view key : keys) {
        for (std::size_t at = folded.find(key); at != std::string::npos; at = folded.find(key, at + 1)) {
            std::size_t value = at + key.size();
            while (value < folded.size() && (folded[value] == ' ' || folded[value] == '"' || folded[value] == '\''))
                ++value;
            if (value >= folded.size() || (folded[value] != '=' && folded[value] != ':'))
                continue;
            value = folded.find_first_not_of(" \t", value + 1);
            if (value == std::string::npos)
                continue;
            if (folded.compare(value, 7, "bearer ") == 0 || folded.compare(value, 6, "basic ") == 0)
                value = folded.find(' ', value) + 1;
            const std::size_t length = end_of_value(folded, value) - value;
            text.replace(value, length, "***");
            folded.replace(value, length, "***");
        }
    }
}

/// A text in which no password, token or URL's user-info is left. Linear in the length for each key.
[[nodiscard]] inline std::string redact(std::string_view text)
{
    std::string result{text};
    redact_user_info(result);
    redact_values(result);
    return result;
}

} // namespace steward::detail
