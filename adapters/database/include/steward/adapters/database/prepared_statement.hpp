// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapters/database/detail/query.hpp>
#include <steward/adapters/database/parameter.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace steward::inline v0::adapters {

/// A statement of a session that is run several times, with other arguments each time. Made by `session::prepare`.
///
/// Its functions are the session's, without the text. When the session goes back to its pool the statement has expired:
/// from then on they throw database_errc::expired. Threads: those of its session, one at a time.
class [[nodiscard]] prepared_statement final : private detail::guest {
public:
    /// Prepares `sql` on an open connection: `session::prepare` calls it. Throws database_error (invalid_statement).
    prepared_statement(detail::connection& host, std::string_view sql) : guest{host}, sql_{sql}
    {
        host.prepare(sql).reset();
    }
    ~prepared_statement() = default;

    /// See session::execute.
    template <class... Arguments>
    std::size_t execute(const Arguments&... arguments)
    {
        return connection().execute(sql_, detail::to_values(arguments...));
    }
    /// See session::query.
    template <class Row, class... Arguments>
    [[nodiscard]] rows<Row> query(const Arguments&... arguments)
    {
        return detail::query<Row>(connection(), sql_, detail::to_values(arguments...));
    }
    /// See session::query_one.
    template <class Row, class... Arguments>
    [[nodiscard]] Row query_one(const Arguments&... arguments)
    {
        return detail::query_one<Row>(connection(), sql_, detail::to_values(arguments...));
    }
    /// See session::query_optional.
    template <class Row, class... Arguments>
    [[nodiscard]] std::optional<Row> query_optional(const Arguments&... arguments)
    {
        return detail::query_optional<Row>(connection(), sql_, detail::to_values(arguments...));
    }

    /// The statement's text, as it was given.
    [[nodiscard]] const std::string& sql() const noexcept { return sql_; }

private:
    [[nodiscard]] detail::connection& connection() const { return host_or_throw("a prepared statement"); }
    void expire() noexcept override {}

    std::string sql_;
};

} // namespace steward::inline v0::adapters
