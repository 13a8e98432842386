// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "address.hpp"

#include <steward/adapters/database/mysql.hpp>

#include <mysql.h>

#include <expected>
#include <memory>
#include <string>

namespace soci {
class session;
}

// The border between SOCI and the client library, MariaDB's or MySQL's.
//
// SOCI opens and closes; values travel through prepared statements of the client library, because SOCI (4.0.3) pastes
// values into the SQL and reads whole results into memory.
namespace steward::inline v0::adapters::detail {

struct mysql_refusal {
    unsigned number; ///< 0 if it came from SOCI
    std::string reason;
};

/// A SOCI session on an open connection, or why there is none. The address comes from `mysql_address_of`.
[[nodiscard]] std::expected<std::unique_ptr<soci::session>, mysql_refusal>
open_through_soci(const mysql_address& to, const mysql_settings& wanted);

/// The client library's handle; null if the user has closed the SOCI session.
[[nodiscard]] MYSQL* native_mysql(soci::session& session) noexcept;

/// The connection's socket, or -1.
[[nodiscard]] int socket_of(MYSQL* connection) noexcept;

} // namespace steward::inline v0::adapters::detail
