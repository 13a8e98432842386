// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <memory>
#include <string>

#include <libpq-fe.h>

namespace soci {
class session;
}

// The border between SOCI and libpq. SOCI opens and closes the connection; statements travel through libpq's own calls,
// because SOCI's exchange (4.0.3) has no bytes, waits without end, and buffers whole results.
namespace steward::inline v0::adapters::detail::pg {

struct clear_result {
    void operator()(PGresult* result) const noexcept { PQclear(result); }
};
using result_ptr = std::unique_ptr<PGresult, clear_result>;

/// A SOCI session, opened; throws soci::soci_error with libpq's text.
[[nodiscard]] std::unique_ptr<soci::session> open_through_soci(const std::string& conninfo);

/// libpq's handle; null if the user has closed the SOCI session.
[[nodiscard]] PGconn* native_handle(soci::session& session) noexcept;

} // namespace steward::inline v0::adapters::detail::pg
