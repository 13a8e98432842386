// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/adapters/database/error.hpp>

#include <string>
#include <string_view>

#include <libpq-fe.h>

namespace steward::inline v0::adapters::detail::pg {

/// The portable code of an SQLSTATE.
[[nodiscard]] database_errc portable_code(std::string_view sql_state) noexcept;

/// What the server has refused, without values of the user's. `statement` has no literals any more.
[[nodiscard]] database_error server_error(const PGresult* result, std::string_view statement);

/// One of an error's fields; empty if it is not there.
[[nodiscard]] std::string_view error_field(const PGresult* result, int field) noexcept;

/// libpq's text as one line, without that secret.
[[nodiscard]] std::string one_line(std::string_view text, std::string_view secret = {});

} // namespace steward::inline v0::adapters::detail::pg
