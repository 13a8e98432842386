// SPDX-License-Identifier: BSL-1.0
#include "output/any_database.hpp"

#include <string_view>

namespace etl {

namespace {

using namespace steward::adapters;

/// Calls `use` with the backend that the connection names, and with its settings.
template <class F>
decltype(auto) with_backend(const any_database::settings& wanted, F&& use)
{
    const std::string_view connection = wanted.connection;
    if (connection.starts_with("postgresql://") || connection.starts_with("postgres://"))
        return use(postgresql{}, postgresql_settings{.connection = wanted.connection});
    if (connection.starts_with("mysql://"))
        return use(mysql{}, mysql_settings{.connection = wanted.connection});
    return use(sqlite{}, sqlite_settings{.connection = wanted.connection,
                                         .busy_timeout = wanted.busy_timeout,
                                         .synchronous = sqlite_synchronous::normal});
}

} // namespace

void any_database::check(const settings& wanted, steward::configuration_check& check)
{
    with_backend(wanted, [&](auto backend, const auto& its_settings) { backend.check(its_settings, check); });
}

open_connection any_database::open(const settings& wanted)
{
    return with_backend(wanted, [](auto backend, const auto& its_settings) { return backend.open(its_settings); });
}

} // namespace etl
