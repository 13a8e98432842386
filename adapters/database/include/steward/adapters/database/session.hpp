// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapters/database/detail/bulk_insert.hpp>
#include <steward/adapters/database/prepared_statement.hpp>
#include <steward/adapters/database/rows.hpp>
#include <steward/adapters/database/transaction.hpp>

#include <cstddef>
#include <initializer_list>
#include <memory>
#include <optional>
#include <ranges>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace soci {
class session;
}

namespace steward::inline v0::adapters {

template <class Backend>
class database;

/// One connection to a database, whichever backend is behind it.
///
/// A statement's placeholders are `?`, one for each argument; arguments are bound, never pasted into the SQL (see
/// `parameter` for their types). Rows are aggregates, tuples or single values (see `column`).
///
///     db->execute("insert into person values (?, ?)", 1, "Ада");
///     for (person& p : db->query<person>("select id, name from person where id > ?", 0)) ...
///
/// Errors: database_error from everything. Threads: one at a time; a lease of a pool guarantees that.
class session {
public:
    /// Takes over an open connection; a Backend makes it. Errors begin with the resource's name, which outlives the
    /// session.
    explicit session(std::unique_ptr<detail::driver> backend, std::string_view resource = {}) noexcept
        : connection_{std::move(backend), resource}
    {
    }

    /// Runs one statement to its end and returns how many rows it inserted, changed or deleted. Rows that it returns are
    /// dropped.
    template <class... Arguments>
    std::size_t execute(std::string_view sql, const Arguments&... arguments)
    {
        return connection_.execute(sql, detail::to_values(arguments...));
    }

    /// The rows of a query, read one by one while they are iterated; the arguments are copied, so they may be
    /// temporaries. Throws at once if the statement is wrong or its columns are not as many as the row's fields.
    template <class Row, class... Arguments>
    [[nodiscard]] rows<Row> query(std::string_view sql, const Arguments&... arguments)
    {
        return detail::query<Row>(connection_, sql, detail::to_values(arguments...));
    }

    /// The only row of a query; throws no_row or too_many_rows if it is not exactly one.
    template <class Row, class... Arguments>
    [[nodiscard]] Row query_one(std::string_view sql, const Arguments&... arguments)
    {
        return detail::query_one<Row>(connection_, sql, detail::to_values(arguments...));
    }

    /// The only row of a query, or nothing where there is none; throws too_many_rows if there are several.
    template <class Row, class... Arguments>
    [[nodiscard]] std::optional<Row> query_optional(std::string_view sql, const Arguments&... arguments)
    {
        return detail::query_optional<Row>(connection_, sql, detail::to_values(arguments...));
    }

    /// A statement to be run several times, prepared now; throws at once if it is wrong.
    ///
    /// All statements stay prepared after their first use, as many as the settings say (`statement_cache`), so this saves
    /// no time over `execute` and `query` with the same text: it names a statement, and finds its mistakes early.
    [[nodiscard]] prepared_statement prepare(std::string_view sql) { return prepared_statement{connection_, sql}; }

    /// Inserts all rows of a range, by position: a row's first field goes into the table's first column. All or none, in
    /// a transaction of its own or, inside one, in a savepoint. Returns how many. Where only the program's user knows how
    /// many columns there are, a row may be a range of values, such as std::vector<std::string>.
    ///
    /// `table` is an identifier, not SQL: it is quoted (`schema.table` part by part).
    /// Speed: what is fastest with the backend, see there.
    template <std::ranges::input_range Rows>
    std::size_t insert(std::string_view table, Rows&& range)
    {
        return insert(table, std::initializer_list<std::string_view>{}, static_cast<Rows&&>(range));
    }

    /// The same for some of the table's columns, in that order; the others get their defaults.
    template <std::ranges::input_range Rows>
    std::size_t insert(std::string_view table, std::initializer_list<std::string_view> columns, Rows&& range)
    {
        using row = std::ranges::range_value_t<Rows>;
        const std::span<const std::string_view> names{columns.begin(), columns.size()};
        if constexpr (detail::range_row<row>)
            return detail::insert_ranges(connection_, table, names, range);
        else
            return detail::insert_rows<row>(connection_, table, names, range);
    }

    /// An identifier as this database's SQL wants it quoted, whatever characters it has.
    [[nodiscard]] std::string quoted(std::string_view identifier) { return connection_.backend().quoted(identifier); }

    /// Begins a transaction, or a savepoint inside one, for a scope.
    /// `access::read_only` lets a backend take weaker locks; it is not enforced by all of them.
    [[nodiscard]] adapters::transaction transaction(access purpose = access::read_write)
    {
        return adapters::transaction{connection_, purpose};
    }

    /// Whether a transaction is open, however it was begun.
    [[nodiscard]] bool in_transaction() { return connection_.backend().in_transaction(); }

    /// The SOCI session underneath, for whatever is missing here; include <soci/soci.h> for its full interface.
    /// Statements made through it must be gone before this session goes back to its pool. Loggers that were set are
    /// removed then; whatever else was changed there stays.
    /// Throws if a result that is still open cannot make way for it.
    [[nodiscard]] soci::session& soci() { return connection_.soci(); }

private:
    template <class>
    friend class database; // validate and reset are the pool's

    detail::connection connection_;
};

} // namespace steward::inline v0::adapters
