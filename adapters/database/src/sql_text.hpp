// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace steward::inline v0::adapters::detail {

enum class token_kind : unsigned char {
    blank,      ///< white space
    comment,    ///< from `--` to the end of the line, or between `/*` and `*/`
    literal,    ///< 'text'
    identifier, ///< "quoted", `quoted` or [quoted]
    separator,  ///< ;
    other,      ///< a word, a number, or one other character
};

struct token {
    token_kind kind;
    std::string_view text;
};

/// The token at the front of a non-empty text; one that is not closed reaches to the end. Linear in its length.
[[nodiscard]] token first_token(std::string_view sql) noexcept;

/// Whether there is nothing but white space, comments and separators.
[[nodiscard]] bool says_nothing(std::string_view sql) noexcept;

/// A text with the contents of all string literals replaced by `***`.
[[nodiscard]] std::string without_literals(std::string_view sql);

/// A statement for a message: one line of 200 bytes at most, without comments, literals and other secrets.
[[nodiscard]] std::string shortened(std::string_view sql);

} // namespace steward::inline v0::adapters::detail
