// SPDX-License-Identifier: BSL-1.0
#include "sql.hpp"

#include <steward/adapters/database/error.hpp>

#include <algorithm>
#include <cstddef>

namespace steward::inline v0::adapters::detail::pg {

namespace {

enum class kind : unsigned char { blank, comment, literal, identifier, word, other };

struct token {
    kind is;
    std::string_view text;
};

char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
bool begins_word(char c) noexcept
{
    return (lower(c) >= 'a' && lower(c) <= 'z') || c == '_' || static_cast<unsigned char>(c) >= 0x80;
}
bool is_word(char c) noexcept { return begins_word(c) || is_digit(c) || c == '$'; }
bool is_blank(char c) noexcept { return c == ' ' || (c >= '\t' && c <= '\r'); }

std::size_t length_while(std::string_view text, bool (*belongs)(char)) noexcept
{
    return static_cast<std::size_t>(std::find_if_not(text.begin(), text.end(), belongs) - text.begin());
}

/// The length of what is quoted, from its opening quote at `from`; the closing one, doubled, stands for itself.
std::size_t length_of_quoted(std::string_view text, std::size_t from, bool backslash_escapes) noexcept
{
    const char quote = text[from];
    for (std::size_t at = from + 1; at < text.size(); ++at) {
        const bool doubled = text[at] == quote && text.substr(at + 1).starts_with(quote);
        if (doubled || (text[at] == '\\' && backslash_escapes))
            ++at;
        else if (text[at] == quote)
            return at + 1;
    }
    return text.size();
}

/// Comments nest.
std::size_t length_of_comment(std::string_view text) noexcept
{
    std::size_t depth = 0, at = 0;
    while (at < text.size()) {
        const std::string_view rest = text.substr(at);
        if (rest.starts_with("/*")) {
            ++depth;
            at += 2;
        } else if (rest.starts_with("*/")) {
            at += 2;
            if (--depth == 0)
                return at;
        } else {
            ++at;
        }
    }
    return text.size();
}

/// The length of `$tag$...$tag$`, or 0 if that is no such literal.
std::size_t length_of_dollar_quoted(std::string_view text) noexcept
{
    const std::size_t second = text.find('$', 1);
    if (second == std::string_view::npos)
        return 0;
    const std::string_view tag = text.substr(1, second - 1);
    if (!tag.empty() && (is_digit(tag.front()) || !std::ranges::all_of(tag, is_word)))
        return 0;
    const std::string_view delimiter = text.substr(0, second + 1);
    const std::size_t end = text.find(delimiter, delimiter.size());
    return end == std::string_view::npos ? text.size() : end + delimiter.size();
}

token first_token(std::string_view sql) noexcept
{
    const auto of = [&](kind is, std::size_t length) { return token{is, sql.substr(0, length)}; };
    const char first = sql.front();
    if (is_blank(first))
        return of(kind::blank, length_while(sql, is_blank));
    if (first == '\'')
        return of(kind::literal, length_of_quoted(sql, 0, false));
    if (first == '"')
        return of(kind::identifier, length_of_quoted(sql, 0, false));
    if (sql.starts_with("--"))
        return of(kind::comment, std::min(sql.find('\n'), sql.size()));
    if (sql.starts_with("/*"))
        return of(kind::comment, length_of_comment(sql));
    if (first == '$') {
        const std::size_t length = length_of_dollar_quoted(sql);
        return of(length == 0 ? kind::other : kind::literal, std::max<std::size_t>(1, length));
    }
    if (lower(first) == 'e' && sql.substr(1).starts_with('\''))
        return of(kind::literal, length_of_quoted(sql, 1, true));
    if (begins_word(first) || is_digit(first))
        return of(kind::word, length_while(sql, is_word));
    return of(kind::other, sql.starts_with("??") ? 2 : 1);
}

/// A literal with its contents masked; its quotes stay as they are.
std::string_view masked(std::string_view literal) noexcept { return literal.front() == '$' ? "$$***$$" : "'***'"; }

bool is(std::string_view word, std::string_view lower_case) noexcept
{
    return std::ranges::equal(word, lower_case, {}, lower);
}

/// What the first words say, and whether the client would have to speak COPY's protocol.
class first_words {
public:
    void see(std::string_view word)
    {
        if (++count_ == 1)
            first_ = word;
        copies_ = copies_ || (is(first_, "copy") && (is(word, "stdin") || is(word, "stdout")));
        transaction_second_ = transaction_second_ || (count_ == 2 && is(word, "transaction"));
    }

    void tell(translated& about) const
    {
        about.reads = is(first_, "select") || is(first_, "values") || is(first_, "table") || is(first_, "show");
        about.commits = is(first_, "commit") || is(first_, "end");
        about.ends_transaction = about.commits || (is(first_, "prepare") && transaction_second_);
    }
    [[nodiscard]] bool copies() const noexcept { return copies_; }

private:
    std::string_view first_;
    int count_ = 0;
    bool copies_ = false, transaction_second_ = false;
};

} // namespace

translated translate(std::string_view sql)
{
    translated result;
    first_words words;
    bool says_something = false;
    int placeholders = 0;
    for (std::string_view rest = sql; !rest.empty();) {
        const token next = first_token(rest);
        rest.remove_prefix(next.text.size());
        result.shown.append(next.is == kind::literal ? masked(next.text) : next.text);
        if (next.is == kind::other && next.text == "?")
            result.sql.append("$").append(std::to_string(++placeholders));
        else
            result.sql.append(next.text == "??" ? "?" : next.text);
        if (next.is == kind::word)
            words.see(next.text);
        says_something = says_something || (next.is != kind::blank && next.is != kind::comment && next.text != ";");
    }
    if (!says_something)
        throw database_error{database_errc::invalid_statement, "expected a statement, got an empty text"};
    if (sql.find('\0') != std::string_view::npos)
        throw database_error{database_errc::invalid_statement, "expected a statement without NUL characters",
                             result.shown.substr(0, result.shown.find('\0'))};
    if (words.copies())
        throw database_error{database_errc::invalid_statement,
                             "COPY from or to the client is not possible here; use session::insert, or "
                             "session::query to read",
                             result.shown};
    words.tell(result);
    return result;
}

std::string without_literals(std::string_view text)
{
    std::string result;
    while (!text.empty()) {
        const token next = first_token(text);
        result.append(next.is == kind::literal ? masked(next.text) : next.text);
        text.remove_prefix(next.text.size());
    }
    return result;
}

} // namespace steward::inline v0::adapters::detail::pg
