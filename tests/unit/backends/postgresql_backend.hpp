// SPDX-License-Identifier: BSL-1.0
#pragma once

#ifdef STEWARD_TEST_WITH_POSTGRESQL
#include "server_backend.hpp"
#include "support/postgresql_server.hpp"

#include <steward/adapters/database/postgresql.hpp>
#include <steward/adapters/database/session.hpp>
#else
#include "memory_backend.hpp"
#endif

#include <string>
#include <string_view>
#include <vector>

namespace steward::test {

#ifdef STEWARD_TEST_WITH_POSTGRESQL

struct postgresql_backend : server_backend<adapters::postgresql_settings, adapters::postgresql_tls, postgresql_server> {
    static constexpr std::string_view name = "postgresql";
    using backend = adapters::postgresql;

    static constexpr std::string_view blob = "bytea";
    /// An integer where it is one.
    static constexpr std::string_view natural = "numeric(20)";
    /// Not possible in a text, as PostgreSQL's manual says.
    static constexpr bool keeps_nul_characters = false;
    static constexpr std::string_view endless = "select generate_series(1::bigint, 1000000000)";

    /// A schema that is empty again takes a tenth of the time of another database.
    postgresql_backend() : server_backend{shared_postgresql(), postgresql_server::database()}
    {
        adapters::session before{adapters::postgresql::open(settings())};
        before.execute("set lock_timeout = '10s'"); // of a session that the test before has lost
        before.execute("drop schema public cascade");
        before.execute("create schema public");
    }

    [[nodiscard]] std::vector<adapters::postgresql_settings> wrong_settings() const
    {
        return wrong_settings_with("postgresql");
    }
};

#else

/// All its tests are skipped.
struct postgresql_backend : memory_backend {
    static constexpr std::string_view name = "postgresql";
    [[nodiscard]] static std::string missing() { return "steward was built without it"; }
};

#endif

} // namespace steward::test
