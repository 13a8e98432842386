// SPDX-License-Identifier: BSL-1.0
//
// What stands for the backend where it was left out when steward was built.
#include <steward/adapters/database/error.hpp>
#include <steward/adapters/database/flat_file.hpp>

#include <memory>
#include <string>
#include <string_view>

namespace steward::adapters {

namespace {

constexpr std::string_view expected =
    "a steward::database that was built with flat_file; see what its CMake said was left out";

} // namespace

void flat_file::check(const settings& wanted, configuration_check& check)
{
    check.wrong(field_name(wanted, wanted.directory), expected, "one without");
}

std::unique_ptr<detail::driver> flat_file::open(const settings&)
{
    throw database_error{database_errc::cannot_connect, std::string{"expected "}.append(expected)};
}

} // namespace steward::adapters
