// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapters/database/error.hpp>

#include <mysql.h>

#include <string>
#include <string_view>

namespace steward::inline v0::adapters::detail {

/// What the client library says about the last call on a connection or statement.
struct mysql_failure {
    unsigned number;
    std::string reason, sql_state;

    [[nodiscard]] static mysql_failure of(MYSQL* connection);
    [[nodiscard]] static mysql_failure of(MYSQL_STMT* statement);
};

/// The portable code of one of MySQL's or MariaDB's error numbers. A lost connection is `connection_lost`: whether
/// something took effect is for the caller to know.
[[nodiscard]] database_errc portable_mysql_code(unsigned number) noexcept;

/// Whether the connection is of no use after that error.
[[nodiscard]] bool ends_the_mysql_connection(unsigned number) noexcept;

/// The server's text without what may be a user's data.
[[nodiscard]] std::string masked_mysql_reason(unsigned number, std::string_view reason);

/// A statement without the contents of its literals, which MySQL also writes in "quotes".
[[nodiscard]] std::string masked_mysql_statement(std::string_view sql);

} // namespace steward::inline v0::adapters::detail
