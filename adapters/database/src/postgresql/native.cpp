// SPDX-License-Identifier: BSL-1.0
#include "native.hpp"

#include <soci/postgresql/soci-postgresql.h>
#include <soci/soci.h>

namespace steward::inline v0::adapters::detail::pg {

std::unique_ptr<soci::session> open_through_soci(const std::string& conninfo)
{
    return std::make_unique<soci::session>(soci::postgresql, conninfo);
}

// SOCI exports no type information for its backends, which the sanitizer's check of a downcast would need to link.
__attribute__((no_sanitize("vptr"))) PGconn* native_handle(soci::session& session) noexcept
{
    auto* const backend = static_cast<soci::postgresql_session_backend*>(session.get_backend());
    return backend ? backend->conn_ : nullptr;
}

} // namespace steward::inline v0::adapters::detail::pg
