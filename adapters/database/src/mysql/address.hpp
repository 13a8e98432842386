// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapters/database/mysql.hpp>

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

namespace steward::inline v0::adapters::detail {

/// Where to connect, and as whom.
struct mysql_address {
    std::string host, database, user, password;
    std::uint16_t port = 0;
};

/// What settings are wrong, and what was expected instead; never what was got, which may hold a password.
struct mysql_mistake {
    std::string_view field, expected;
};

/// The connection string and the fields together.
[[nodiscard]] std::expected<mysql_address, mysql_mistake> mysql_address_of(const mysql_settings& wanted);

} // namespace steward::inline v0::adapters::detail
