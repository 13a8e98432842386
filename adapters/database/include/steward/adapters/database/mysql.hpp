// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapters/database/detail/driver.hpp>
#include <steward/configuration.hpp>
#include <steward/field_name.hpp>
#include <steward/setting_words.hpp>

#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace steward::inline v0::adapters {

/// How a connection to MySQL or MariaDB is protected.
enum class mysql_tls {
    off,        ///< not at all
    prefer,     ///< TLS where the server has it: keeps listeners out, not impostors
    require,    ///< TLS or no session; whoever answers is believed
    verify_ca,  ///< and a certificate that `ca_file` has signed
    verify_full ///< and that certificate is for `host`
};

/// What happens to a session that goes back to its pool.
enum class mysql_return {
    rollback, ///< an open transaction is rolled back; costs nothing where none is open
    discard   ///< also temporary tables, variables, locks and prepared statements: three round trips
};

// Each field has an initializer, so that compilers do not warn when only others are named.
/// The settings of `database<mysql>`: where the server is and who asks, how long to wait, what a session does when it
/// comes back.
struct mysql_settings {
    /// `mysql://user:password@host:port/database`, with any part left out; special characters as %40. What is left out
    /// comes from the fields below.
    std::string connection{};
    /// Always by TCP, `localhost`, too. Empty: localhost.
    std::string host{};
    /// 0: 3306.
    std::uint16_t port = 0;
    /// Empty: none is chosen.
    std::string database{};
    /// Who asks; has to be given, here or in `connection`.
    std::string user{};
    /// Any text; never printed.
    std::string password{};
    /// How the connection is protected.
    mysql_tls tls = mysql_tls::prefer;
    /// The certificates (PEM) of whom `verify_ca` and `verify_full` trust.
    std::string ca_file{};
    /// So long, too, an idle server may be silent when a session is validated or reset.
    std::chrono::seconds connect_timeout{10};
    /// After that time the server ends a statement (database_errc::timed_out), however much of it was spent by whoever
    /// reads its rows; 0: never. MySQL (not MariaDB) ends only what selects. Whatever else keeps the client waiting for a
    /// second longer, in whole seconds, loses the connection.
    std::chrono::milliseconds statement_timeout{0};
    /// What happens to a session that goes back to its pool.
    mysql_return on_return = mysql_return::rollback;
    /// How many statements a session keeps prepared while nobody uses them; the least recently used ones are closed.
    std::size_t statement_cache = 64;
};

/// The backend for MySQL (5.7 and later) and MariaDB: `database<mysql>`.
///
/// A session speaks UTF-8, has the time zone UTC, and is strict: what does not fit into a column is an error
/// (wrong_arguments). Points in time go into DATETIME columns; TIMESTAMP columns hold 1970 to 2038.
/// DECIMAL is read as text as it is, as an integer where it is one, or as double. BIT and TINYINT(1) are integers.
/// `execute` counts the rows that an update has found, also those that it left as they were, and two for a row that
/// `on duplicate key update` changed or `replace` replaced.
/// A statement that defines data (`create`, `drop`, ...) commits the open transaction; after it, transaction::commit()
/// throws transaction_state. A lock wait time-out (busy) undoes the statement alone, a deadlock the transaction.
/// Results are read from the wire row by row; while one is open, another statement first reads the rest of it into memory.
/// One that is dropped half-way reads what is left, and drops it. `insert` sends several rows with each statement.
struct mysql {
    using settings = mysql_settings;

    /// Names what is wrong with the settings; speaks with nobody.
    static void check(const settings& wanted, configuration_check& check);
    /// Opens a connection. Threads: may be called by several at once.
    /// Throws database_error (cannot_connect, permission_denied), without a secret.
    [[nodiscard]] static std::unique_ptr<detail::driver> open(const settings& wanted);
};

} // namespace steward::inline v0::adapters

template <>
inline constexpr auto steward::setting_words<steward::adapters::mysql_tls> =
    std::to_array<std::pair<std::string_view, steward::adapters::mysql_tls>>(
        {{"off", steward::adapters::mysql_tls::off},
         {"prefer", steward::adapters::mysql_tls::prefer},
         {"require", steward::adapters::mysql_tls::require},
         {"verify_ca", steward::adapters::mysql_tls::verify_ca},
         {"verify_full", steward::adapters::mysql_tls::verify_full}});
template <>
inline constexpr auto steward::setting_words<steward::adapters::mysql_return> =
    std::to_array<std::pair<std::string_view, steward::adapters::mysql_return>>(
        {{"rollback", steward::adapters::mysql_return::rollback},
         {"discard", steward::adapters::mysql_return::discard}});
BOOST_HANA_ADAPT_STRUCT(steward::adapters::mysql_settings, connection, host, port, database, user, password, tls,
                        ca_file, connect_timeout, statement_timeout, on_return, statement_cache);
