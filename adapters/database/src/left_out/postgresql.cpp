// SPDX-License-Identifier: BSL-1.0
//
// What stands for the backend where it was left out when steward was built.
#include "built_with.hpp"

#include <steward/adapters/database/error.hpp>
#include <steward/adapters/database/postgresql.hpp>

namespace steward::inline v0::adapters {

void postgresql::check(const settings& wanted, configuration_check& check)
{
    check.wrong(field_name(wanted, wanted.connection), detail::built_with("PostgreSQL"), "one without");
}

open_connection postgresql::open(const settings&)
{
    throw database_error{database_errc::cannot_connect, "expected " + detail::built_with("PostgreSQL")};
}

} // namespace steward::inline v0::adapters
