// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapters/database/detail/value.hpp>

#include <cstddef>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace soci {
class session;
}

namespace steward::inline v0::adapters {

/// What a transaction is for, so that a backend can take the right locks when it begins.
enum class access { read_write, read_only };

namespace detail {

/// How long the bytes behind bound texts and blobs live: until the statement is bound anew, or just for the call.
enum class lifetime { until_rebound, this_call };

/// A prepared statement of one backend. Destroying it closes it.
class cursor {
public:
    cursor() = default;
    cursor(const cursor&) = delete;
    cursor& operator=(const cursor&) = delete;
    virtual ~cursor() = default;

    /// Sets all placeholders and starts the statement anew; nothing runs before `step`. `row` says what its columns are
    /// going to be read into, if at all, and outlives the run.
    /// Throws wrong_arguments unless there are exactly as many values as placeholders.
    virtual void bind(std::span<const value> values, lifetime bytes, std::span<const value_kind> row) = 0;
    /// Runs to the next row; false when there is none (any more).
    virtual bool step() = 0;
    /// How many rows the statement inserted, changed or deleted; meaningful once `step` has returned false.
    [[nodiscard]] virtual std::size_t affected_rows() const = 0;

    [[nodiscard]] virtual std::size_t column_count() const = 0;
    /// Whether the columns are known before the first `step`: those of a stored procedure's result may not be.
    [[nodiscard]] virtual bool columns_are_known() const { return true; }
    [[nodiscard]] virtual std::string column_name(std::size_t index) const = 0;
    /// A column of the current row; texts and blobs are valid until the next `step`.
    [[nodiscard]] virtual value column(std::size_t index) const = 0;

    /// Ends the run: rows that were not read are dropped, locks and bound bytes let go. False if it cannot run again, for
    /// example after an error.
    [[nodiscard]] virtual bool finish() noexcept = 0;
};

/// Inserts many rows into one table.
class bulk_writer {
public:
    bulk_writer() = default;
    bulk_writer(const bulk_writer&) = delete;
    bulk_writer& operator=(const bulk_writer&) = delete;
    virtual ~bulk_writer() = default;

    /// The bytes of texts and blobs live only for this call.
    virtual void add(std::span<const value> row) = 0;
    /// Writes what is still held back.
    virtual void finish() = 0;
};

/// One open connection of one backend: all that a session needs, so that a new backend is a new driver and no more.
///
/// Used by one thread at a time, like the session above it. Everything throws database_error.
class driver {
public:
    driver() = default;
    driver(const driver&) = delete;
    driver& operator=(const driver&) = delete;
    virtual ~driver() = default;

    [[nodiscard]] virtual std::unique_ptr<cursor> prepare(std::string_view sql) = 0;
    /// Looks at the schema as it is now, for backends that keep what they know of it.
    virtual void refresh_schema() {}
    /// How many statements shall stay prepared while nobody uses them.
    [[nodiscard]] virtual std::size_t statements_kept() const noexcept = 0;
    /// `columns` may be empty: then the values go into the table's columns by position. Called in a transaction. Unless
    /// a backend has something faster: one prepared statement.
    [[nodiscard]] virtual std::unique_ptr<bulk_writer> insert(std::string_view table,
                                                              std::span<const std::string_view> columns,
                                                              std::size_t width);

    [[nodiscard]] virtual bool in_transaction() = 0;
    /// The statement that begins a transaction for that purpose.
    [[nodiscard]] virtual std::string_view begin(access purpose) const = 0;
    /// The identifier as the backend's SQL wants it quoted, whatever characters it has.
    [[nodiscard]] virtual std::string quoted(std::string_view identifier) const;
    /// A statement as it may stand in a message: whatever this backend takes for a literal is 'like this' or gone.
    [[nodiscard]] virtual std::string for_message(std::string_view sql) const;

    /// Whether the connection still works; one round trip at most. Never throws.
    [[nodiscard]] virtual bool validate() noexcept = 0;
    /// Rolls back what is open and clears what the next holder must not meet. No cursor is running at that time.
    /// False if prepared statements did not survive it.
    [[nodiscard]] virtual bool reset() = 0;

    [[nodiscard]] virtual soci::session& soci() = 0;
};

} // namespace detail

/// An open connection, as a backend hands it over.
using open_connection = std::unique_ptr<detail::driver>;

} // namespace steward::inline v0::adapters
