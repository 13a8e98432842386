// SPDX-License-Identifier: BSL-1.0
#include "sql_text.hpp"

#include <steward/detail/redact.hpp>

#include <algorithm>

namespace steward::inline v0::adapters::detail {

namespace {

constexpr std::size_t longest_statement_in_a_message = 200;

bool is_blank(char c) noexcept { return c == ' ' || (c >= '\t' && c <= '\r'); }

bool is_word(char c) noexcept
{
    return steward::detail::is_word(c) ? c != '-' : static_cast<unsigned char>(c) >= 0x80 || c == '$';
}

std::size_t length_while(std::string_view text, bool (*belongs)(char)) noexcept
{
    return static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), belongs) - text.begin());
}

/// The length up to and including the first `end` behind `from`.
std::size_t length_to(std::string_view text, std::size_t from, std::string_view end) noexcept
{
    const std::size_t at = text.find(end, from);
    return at == std::string_view::npos ? text.size() : at + end.size();
}

/// The length of what is quoted, where the closing quote, doubled, stands for itself.
std::size_t length_of_quoted(std::string_view text, char closing) noexcept
{
    std::size_t length = length_to(text, 1, {&closing, 1});
    while (closing != ']' && length < text.size() && text[length] == closing)
        length = length_to(text, length + 1, {&closing, 1});
    return length;
}

} // namespace

token first_token(std::string_view sql) noexcept
{
    const auto of = [&](token_kind kind, std::size_t length) { return token{kind, sql.substr(0, length)}; };
    switch (sql.front()) {
    case '\'': return of(token_kind::literal, length_of_quoted(sql, '\''));
    case '"':
    case '`': return of(token_kind::identifier, length_of_quoted(sql, sql.front()));
    case '[': return of(token_kind::identifier, length_of_quoted(sql, ']'));
    case ';': return of(token_kind::separator, 1);
    default: break;
    }
    if (sql.starts_with("--"))
        return of(token_kind::comment, length_to(sql, 2, "\n"));
    if (sql.starts_with("/*"))
        return of(token_kind::comment, length_to(sql, 2, "*/"));
    if (is_blank(sql.front()))
        return of(token_kind::blank, length_while(sql, is_blank));
    return of(token_kind::other, std::max<std::size_t>(1, length_while(sql, is_word)));
}

bool says_nothing(std::string_view sql) noexcept
{
    while (!sql.empty()) {
        const token next = first_token(sql);
        if (next.kind != token_kind::blank && next.kind != token_kind::comment && next.kind != token_kind::separator)
            return false;
        sql.remove_prefix(next.text.size());
    }
    return true;
}

std::string without_literals(std::string_view sql)
{
    static constexpr std::string_view masked = "'***'";
    std::string result;
    // Backends disagree on whether a backslash escapes a quote: where there is one, everything between the first quote
    // and the last one counts as quoted.
    if (sql.find('\\') != std::string_view::npos) {
        const std::size_t first = sql.find('\''), last = sql.rfind('\'');
        if (first == std::string_view::npos)
            return std::string{sql};
        result.append(sql.substr(0, first)).append(masked);
        return last == first ? result : result.append(sql.substr(last + 1));
    }
    while (!sql.empty()) {
        const token next = first_token(sql);
        result.append(next.kind == token_kind::literal ? masked : next.text);
        sql.remove_prefix(next.text.size());
    }
    return result;
}

std::string shortened(std::string_view sql)
{
    const std::string masked = steward::detail::redact(without_literals(sql));
    std::string result;
    for (std::string_view rest = masked; !rest.empty() && result.size() <= longest_statement_in_a_message;) {
        const token next = first_token(rest);
        rest.remove_prefix(next.text.size());
        if (next.kind != token_kind::blank && next.kind != token_kind::comment)
            result.append(next.text);
        else if (!result.empty() && result.back() != ' ')
            result += ' ';
    }
    if (result.size() > longest_statement_in_a_message) {
        std::size_t end = longest_statement_in_a_message;
        while ((static_cast<unsigned char>(result[end]) & 0xc0) == 0x80) // not in the middle of a UTF-8 sequence
            --end;
        result.resize(end);
        result += "...";
    }
    while (!result.empty() && result.back() == ' ')
        result.pop_back();
    return result;
}

} // namespace steward::inline v0::adapters::detail
