// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapter.hpp>
#include <steward/adapters/database/error.hpp>
#include <steward/adapters/database/flat_file.hpp>
#include <steward/adapters/database/memory.hpp>
#include <steward/adapters/database/mysql.hpp>
#include <steward/adapters/database/postgresql.hpp>
#include <steward/adapters/database/retry.hpp>
#include <steward/adapters/database/session.hpp>
#include <steward/adapters/database/sqlite.hpp>

// session::soci() gives a reference to it, which is of little use to whom has only a declaration. SOCI's lightest header
// that defines it; the smaller headers in database/ do without.
#include <soci/session.h>

#include <concepts>
#include <memory>
#include <string_view>
#include <utility>

namespace steward::inline v0::adapters {

/// A kind of database: it has typed settings, says what is wrong with them, and opens connections. An adapter has one
/// backend object for its life, so that a backend can keep what its connections share.
template <class B>
concept database_backend = std::default_initializable<B>
                           && requires(B& backend, const typename B::settings& settings, configuration_check& check) {
                                  B::check(settings, check);
                                  { backend.open(settings) } -> std::same_as<open_connection>;
                              };

/// Sessions of a database: `resource<"database", adapters::database<adapters::sqlite>, ...>`.
///
/// The settings are the backend's: `sqlite_settings`, `memory_settings`, `flat_file_settings`, `postgresql_settings`,
/// `mysql_settings`. Nothing is opened before the first session is created.
/// Errors: create and reset throw database_error. Threads: all functions may be called by several threads at once, each
/// with a session of its own.
template <class Backend>
class database {
    static_assert(database_backend<Backend>, "steward::adapters::database: expected a backend such as "
                                             "steward::adapters::sqlite; see steward::adapters::database_backend");

public:
    using settings = typename Backend::settings;
    using resource_type = session;

    /// `resource` is the name for errors; it outlives the adapter and its sessions.
    explicit database(settings wanted, std::string_view resource = {})
        : settings_{std::move(wanted)}, resource_{resource}
    {
    }

    static void check(const settings& wanted, configuration_check& check) { Backend::check(wanted, check); }

    [[nodiscard]] session create() { return session{backend_.open(settings_), resource_}; }
    /// One round trip at most; false if the connection is broken.
    [[nodiscard]] bool validate(session& checked) noexcept { return checked.connection_.validate(); }
    /// Lets open results and transactions expire, rolls back what is open, and clears temporary state; throws if that
    /// fails, so that the pool destroys the session instead of lending it again.
    void reset(session& returned) { returned.connection_.reset(); }

private:
    settings settings_;
    std::string_view resource_;
    [[no_unique_address]] Backend backend_{};
};

} // namespace steward::inline v0::adapters
