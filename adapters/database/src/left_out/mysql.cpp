// SPDX-License-Identifier: BSL-1.0
//
// What stands for the backend where it was left out when steward was built.
#include <steward/adapters/database/error.hpp>
#include <steward/adapters/database/mysql.hpp>

#include <string>
#include <string_view>

namespace steward::adapters {

namespace {

constexpr std::string_view expected =
    "a steward::database that was built with MySQL; see what its CMake said was left out";

} // namespace

void mysql::check(const settings& wanted, configuration_check& check)
{
    check.wrong(field_name(wanted, wanted.connection), expected, "one without");
}

open_connection mysql::open(const settings&)
{
    throw database_error{database_errc::cannot_connect, std::string{"expected "}.append(expected)};
}

} // namespace steward::adapters
