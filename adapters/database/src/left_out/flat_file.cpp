// SPDX-License-Identifier: BSL-1.0
//
// What stands for the backend where it was left out when steward was built.
#include "built_with.hpp"

#include <steward/adapters/database/error.hpp>
#include <steward/adapters/database/flat_file.hpp>

#include <memory>

namespace steward::inline v0::adapters {

void flat_file::check(const settings& wanted, configuration_check& check)
{
    check.wrong(field_name(wanted, wanted.directory), detail::built_with("flat_file"), "one without");
}

std::unique_ptr<detail::driver> flat_file::open(const settings&)
{
    throw database_error{database_errc::cannot_connect, "expected " + detail::built_with("flat_file")};
}

} // namespace steward::inline v0::adapters
