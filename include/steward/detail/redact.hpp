// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>

namespace steward::inline v0::detail {

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

/// Whether the key of a secret ends at `end`: `password`, `db_pass`, `secret_access_key`. `pass` alone is a key only as
/// a word of its own, since `bypass` is none.
[[nodiscard]] inline bool is_secret_key(std::string_view folded, std::size_t begin, std::size_t end)
{
    static constexpr std::array<std::string_view, 13> names{
        "password", "passwd", "passphrase", "pwd",         "secret",     "token",        "api_key",
        "api-key",  "apikey", "access_key", "private_key", "credential", "authorization"};
    const std::string_view key = folded.substr(begin, end - begin);
    for (const std::string_view name : names)
        if (key.ends_with(name))
            return true;
    return key.contains("secret_") || key.contains("secret-") || key == "pass" || key.ends_with("_pass")
           || key.ends_with("-pass");
}

/// Where the value behind a key that ends at `at` begins; none if no `=` or `:` follows.
[[nodiscard]] inline std::size_t value_behind(std::string_view folded, std::size_t at)
{
    const std::size_t mark = std::min(folded.find_first_not_of(" \"'", at), folded.size());
    if (mark == folded.size() || (folded[mark] != '=' && folded[mark] != ':'))
        return std::string_view::npos;
    return folded.find_first_not_of(" \t", mark + 1);
}

/// Replaces the values of keys that name a secret (`password=`, `api_key: `) and what follows `Bearer ` by `***`.
inline void redact_values(std::string& text)
{
    std::string folded{text};
    for (char& c : folded)
        c = lower(c);
    for (std::size_t begin = 0; begin < folded.size();) {
        std::size_t end = begin;
        while (end < folded.size() && is_word(folded[end]))
            ++end;
        if (end == begin) {
            ++begin;
            continue;
        }
        const std::string_view all = folded; // braces would try the constructor from ranges, which costs compilers much
        const std::string_view word = all.substr(begin, end - begin);
        std::size_t value = std::string::npos;
        if (word == "bearer")
            value = folded.find_first_not_of(" \t", end);
        else if (is_secret_key(folded, begin, end))
            value = value_behind(folded, end);
        const bool has_scheme = word.ends_with("authorization");
        begin = end;
        if (value == std::string::npos || value == end)
            continue;
        std::size_t length = end_of_value(folded, value) - value;
        // `Authorization: Basic dXNlcg==`: a scheme may stand there. Of those that are not known both words go.
        if (has_scheme && value + length < folded.size() && folded[value + length] == ' ') {
            const std::string_view scheme = all.substr(value, length);
            const std::size_t second = value + length + 1;
            value = scheme == "bearer" || scheme == "basic" ? second : value;
            length = end_of_value(folded, second) - value;
        }
        text.replace(value, length, "***");
        folded.replace(value, length, "***");
        begin = value + 3;
    }
}

/// A text in which no password, token or URL's user-info is left. Linear in its length.
[[nodiscard]] inline std::string redact(std::string_view text)
{
    std::string result{text};
    redact_user_info(result);
    redact_values(result);
    return result;
}

} // namespace steward::inline v0::detail
