// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapters/database.hpp>

#include <chrono>
#include <string>

namespace etl {

/// A backend that is one of the library's, chosen when the program runs:
///     postgresql://user:password@host/database, mysql://user:password@host/database, or the name of an SQLite file.
struct any_database {
    struct settings {
        std::string connection;
        /// SQLite lets one session write at a time: how long the others wait in `begin`.
        std::chrono::milliseconds busy_timeout{5'000};
    };

    static void check(const settings& wanted, steward::configuration_check& check);
    [[nodiscard]] static steward::adapters::open_connection open(const settings& wanted);
};

} // namespace etl

BOOST_HANA_ADAPT_STRUCT(etl::any_database::settings, connection, busy_timeout);
