// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <stdexcept>
#include <string_view>

namespace steward::inline v0::adapters {

/// What kind of failure a database reported: the same codes whatever the backend.
enum class database_errc {
    busy,                   ///< another session holds a lock that did not become free in time; retriable
    deadlock,               ///< this session was chosen to break a deadlock; retriable
    serialization_failure,  ///< another transaction changed what this one has read; retriable
    cannot_connect,         ///< the database could not be opened
    connection_lost_undone, ///< the connection broke before the statement was sent, or in a transaction that it takes
                            ///< along: nothing took effect; retriable, with another session
    connection_lost,        ///< the connection broke while the statement ran, or was closed through the underlying SOCI
                            ///< session: whether the statement took effect is unknown
    timed_out,              ///< the statement's time-out ended it; nothing of it took effect
    unique_violation,       ///< such a key is there already
    not_null_violation,     ///< a column that has to have a value got none
    foreign_key_violation,  ///< a row that is referred to is missing, or is to go
    check_violation,        ///< a check says no
    constraint_violation,   ///< a constraint of another kind
    invalid_statement,      ///< a syntax error, an unknown table or column, or more than one statement
    wrong_arguments,        ///< not as many as the statement has placeholders, or one that cannot be stored
    wrong_row,              ///< the result does not fit into the row type: number of columns, type, range or NULL
    no_row,                 ///< query_one found none
    too_many_rows,          ///< query_one or query_optional found several
    transaction_state,      ///< impossible in the present state of this session's transaction or open results
    expired,                ///< a result or transaction was used after its session had been given back
    read_only,              ///< a write through a session or to a file that cannot be written
    permission_denied,      ///< the user, or the process, may not do this
    out_of_space,           ///< the disk or the database is full
    out_of_memory,          ///< of the process, or of the server
    too_large,              ///< a text, blob or statement above the backend's limit
    corrupt,                ///< the file is damaged or is no database
    interrupted,            ///< somebody ended the statement
    input_output,           ///< the operating system reported an error
    other,                  ///< the text says more
};

/// The code in words: "foreign key violation".
[[nodiscard]] std::string_view to_string(database_errc code) noexcept;

/// What a database, or the session in front of it, refused to do.
///
/// Its text has the resource's name, the reason and the statement, on one line, shortened to 200 bytes, with the contents of
/// string literals replaced by `***`; arguments are never part of it. So no text that was bound or quoted can leak into a log.
class database_error : public std::runtime_error {
public:
    /// `reason` is what was refused, `statement` the SQL as it was given; the text masks its literals.
    database_error(database_errc code, std::string_view reason, std::string_view statement = {}, int native_code = 0,
                   std::string_view sql_state = {});

    /// The kind of failure.
    [[nodiscard]] database_errc code() const noexcept { return code_; }
    /// Whether the same transaction, begun anew, may succeed without anything else being changed: busy, deadlock,
    /// serialization_failure and connection_lost_undone. It has had no effect.
    [[nodiscard]] bool retriable() const noexcept;
    /// The backend's own number, for SQLite the extended result code; 0 if the failure did not come from there.
    [[nodiscard]] int native_code() const noexcept { return native_code_; }
    /// The five characters of SQLSTATE where the backend has them (SQLite has not); empty otherwise.
    [[nodiscard]] std::string_view sql_state() const noexcept { return sql_state_.data(); }

    /// Puts a resource's name at the front of the text, once.
    void name_resource(std::string_view name);

private:
    database_errc code_;
    int native_code_;
    bool names_resource_ = false;
    std::array<char, 6> sql_state_{}; // not a std::string: copying an exception must not throw
};

} // namespace steward::inline v0::adapters
