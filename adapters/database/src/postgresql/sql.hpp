// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <string>
#include <string_view>

namespace steward::inline v0::adapters::detail::pg {

/// What matters about a statement before the server has seen it.
struct translated {
    std::string sql;   ///< with `$1`, `$2`, ... for `?`, and `?` for `??`
    std::string shown; ///< for messages: as it was given, the contents of all literals replaced by `***`
    /// Only reads, so far as a word can tell: `select`, `values`, `table`, `show`.
    bool reads = false;
    bool commits = false;          ///< `commit`, `end`
    bool ends_transaction = false; ///< these, and `prepare transaction`: an answer that is lost leaves its fate unknown
};

/// Takes a statement apart: outside of literals, quoted identifiers and comments. Linear in its length.
/// Throws database_error (invalid_statement) if it is empty or a COPY from or to the client.
[[nodiscard]] translated translate(std::string_view sql);

/// A text of the server's with the contents of all that it quotes as literals replaced by `***`.
[[nodiscard]] std::string without_literals(std::string_view text);

} // namespace steward::inline v0::adapters::detail::pg
