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

namespace steward::adapters {

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

    /// Sets all placeholders and starts the statement anew; nothing runs before `step`.
    /// Throws wrong_arguments unless there are exactly as many values as placeholders.
    virtual void bind(std::span<const value> values, lifetime bytes) = 0;
    /// Runs to the next row; false when there is none (any more).
    virtual bool step() = 0;
    /// How many rows the statement inserted, changed or deleted; meaningful once `step` has returned false.
    [[nodiscard]] virtual std::size_t affected_rows() const = 0;

    [[nodiscard]] virtual std::size_t column_count() const = 0;
    [[nodiscard]] virtual std::string column_name(std::size_t index) const = 0;
    /// A column of the current row; texts and blobs are valid until the next `step`.
    [[nodiscard]] virtual value column(std::size_t index) const = 0;
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

    /// `row` says what the caller is going to read, for backends that must know before they execute.
    [[nodiscard]] virtual std::unique_ptr<cursor> prepare(std::string_view sql, std::span<const value_kind> row) = 0;

    [[nodiscard]] virtual bool in_transaction() = 0;
    /// The statement that begins a transaction for that purpose.
    [[nodiscard]] virtual std::string_view begin(access purpose) const = 0;
    /// The identifier as the backend's SQL wants it quoted, whatever characters it has.
    [[nodiscard]] virtual std::string quoted(std::string_view identifier) const;

    /// Whether the connection still works; one round trip at most. Never throws.
    [[nodiscard]] virtual bool validate() noexcept = 0;
    /// Rolls back what is open and clears what the next holder must not meet. No cursor is open at that time.
    virtual void reset() = 0;

    [[nodiscard]] virtual soci::session& soci() noexcept = 0;
};

} // namespace detail
} // namespace steward::adapters
