// SPDX-License-Identifier: BSL-1.0
#include "statement_words.hpp"

#include "../sql_text.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <span>

namespace steward::inline v0::adapters::detail {

namespace {

bool equal_but_for_case(std::string_view word, std::string_view lower) noexcept
{
    return std::ranges::equal(word, lower, {}, [](char c) { return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c; });
}

bool begins_with_one_of(std::string_view sql, std::span<const std::string_view> words) noexcept
{
    while (!sql.empty()) {
        const token next = first_token(sql);
        if (next.kind == token_kind::other)
            return std::ranges::any_of(words,
                                       [&](std::string_view word) { return equal_but_for_case(next.text, word); });
        sql.remove_prefix(next.text.size());
    }
    return false;
}

} // namespace

bool controls_a_transaction(std::string_view sql) noexcept
{
    static constexpr std::array<std::string_view, 6> words{"begin",    "commit",    "release",
                                                           "rollback", "savepoint", "start"};
    return begins_with_one_of(sql, words);
}

bool can_be_undone(std::string_view sql) noexcept
{
    static constexpr std::array<std::string_view, 10> words{"select",    "insert",  "update",   "delete", "replace",
                                                            "savepoint", "release", "rollback", "with",   "values"};
    return begins_with_one_of(sql, words);
}

bool calls_a_procedure(std::string_view sql) noexcept
{
    static constexpr std::array<std::string_view, 1> words{"call"};
    return begins_with_one_of(sql, words);
}

bool returns_changed_rows(std::string_view sql) noexcept
{
    static constexpr std::array<std::string_view, 3> words{"insert", "delete", "replace"};
    return begins_with_one_of(sql, words);
}

} // namespace steward::inline v0::adapters::detail
