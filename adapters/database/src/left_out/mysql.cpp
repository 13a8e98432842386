// SPDX-License-Identifier: BSL-1.0
//
// What stands for the backend where it was left out when steward was built.
#include "built_with.hpp"

#include <steward/adapters/database/error.hpp>
#include <steward/adapters/database/mysql.hpp>

namespace steward::inline v0::adapters {

void mysql::check(const settings& wanted, configuration_check& check)
{
    check.wrong(field_name(wanted, wanted.connection), detail::built_with("MySQL"), "one without");
}

open_connection mysql::open(const settings&)
{
    throw database_error{database_errc::cannot_connect, "expected " + detail::built_with("MySQL")};
}

} // namespace steward::inline v0::adapters
