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

/// How a connection to PostgreSQL is protected.
enum class postgresql_tls {
    off,        ///< not at all
    prefer,     ///< TLS where the server has it: keeps listeners out, not impostors
    require,    ///< TLS or no session; whoever answers is believed, unless `ca_file` is given
    verify_ca,  ///< and a certificate that `ca_file` has signed
    verify_full ///< and that certificate is for `host`
};

/// What happens to a session that goes back to its pool.
enum class postgresql_return {
    rollback, ///< an open transaction is rolled back; costs nothing where none is open
    discard   ///< also temporary tables, settings, locks, listeners and prepared statements: one more round trip
};

/// The settings of `database<postgresql>`: where the server is and who asks, how long to wait, what a session does when it
/// comes back.
struct postgresql_settings {
    /// `postgresql://user:password@host:port/database?name=value`, with any part left out and special characters as %40,
    /// or `host=... dbname=...`: what libpq reads. What is left out comes from the fields below; nothing is said twice.
    std::string connection{};
    /// A name, an address, or the folder of a Unix socket. Empty: as libpq chooses.
    std::string host{};
    /// 0: 5432.
    std::uint16_t port = 0;
    /// Empty: as libpq chooses.
    std::string database{};
    /// Who asks. Empty: as libpq chooses.
    std::string user{};
    /// Any text; never printed.
    std::string password{};
    /// How the connection is protected.
    postgresql_tls tls = postgresql_tls::prefer;
    /// The certificates (PEM) of whom `verify_ca` and `verify_full` trust. Empty: as libpq chooses.
    std::string ca_file{};
    /// For one attempt to connect, in whole seconds of which libpq waits two at least. So long, too, an idle server may be
    /// silent when a session is validated or reset.
    std::chrono::seconds connect_timeout{10};
    /// After that time the server ends a statement (database_errc::timed_out), however much of it was spent by whoever
    /// reads its rows; 0: never. A server that is silent for a second longer loses the connection.
    std::chrono::milliseconds statement_timeout{0};
    /// What happens to a session that goes back to its pool.
    postgresql_return on_return = postgresql_return::rollback;
    /// How many statements a session keeps prepared while nobody uses them; the least recently used ones are closed.
    std::size_t statement_cache = 64;
};

/// The backend for PostgreSQL (10 and later): `database<postgresql>`.
///
/// A session speaks UTF-8, has the time zone UTC and writes dates as ISO does. Where a `?` is to be an operator of
/// PostgreSQL's, write `??`. Arguments get the type that their place has: `select ?` is text, `select cast(? as int)` a number.
/// bool is read as 0 or 1; numeric as text as it is, as an integer where it is one, or as double; everything that is
/// neither a number nor bytea as text. A text with a NUL character is refused (wrong_arguments), as is a blob where the
/// statement wants no bytea.
/// Results are read from the wire row by row; while one is open, another statement of the same session first reads the
/// rest of it into memory. One that is dropped half-way reads what is left and drops it; outside of a transaction a
/// `select` with much left is cancelled.
/// `insert` is COPY, a megabyte at a time; tables that COPY does not take (views, those with rules or row security) get one
/// prepared statement. After any error in a transaction the server refuses everything but its rollback, or the rollback to
/// a savepoint; a `commit` is then an error, too (transaction_state). A statement whose prepared form the server has lost
/// or outgrown is prepared anew; in a transaction that is serialization_failure.
struct postgresql {
    using settings = postgresql_settings;

    /// Names what is wrong with the settings; speaks with nobody.
    static void check(const settings& wanted, configuration_check& check);
    /// Opens a connection. Threads: may be called by several at once. Throws database_error (cannot_connect), without a
    /// secret.
    [[nodiscard]] static std::unique_ptr<detail::driver> open(const settings& wanted);
};

} // namespace steward::inline v0::adapters

template <>
inline constexpr auto steward::setting_words<steward::adapters::postgresql_tls> =
    std::to_array<std::pair<std::string_view, steward::adapters::postgresql_tls>>(
        {{"off", steward::adapters::postgresql_tls::off},
         {"prefer", steward::adapters::postgresql_tls::prefer},
         {"require", steward::adapters::postgresql_tls::require},
         {"verify_ca", steward::adapters::postgresql_tls::verify_ca},
         {"verify_full", steward::adapters::postgresql_tls::verify_full}});
template <>
inline constexpr auto steward::setting_words<steward::adapters::postgresql_return> =
    std::to_array<std::pair<std::string_view, steward::adapters::postgresql_return>>(
        {{"rollback", steward::adapters::postgresql_return::rollback},
         {"discard", steward::adapters::postgresql_return::discard}});
BOOST_HANA_ADAPT_STRUCT(steward::adapters::postgresql_settings, connection, host, port, database, user, password, tls,
                        ca_file, connect_timeout, statement_timeout, on_return, statement_cache);
