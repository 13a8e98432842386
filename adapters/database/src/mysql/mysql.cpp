// SPDX-License-Identifier: BSL-1.0
#include <steward/adapters/database/mysql.hpp>

#include "address.hpp"
#include "driver.hpp"
#include "fail.hpp"
#include "native.hpp"

#include <steward/adapters/database/error.hpp>

#include <fstream>
#include <string>

namespace steward::inline v0::adapters {

namespace {

void check_times(const mysql_settings& wanted, configuration_check& check)
{
    if (wanted.connect_timeout.count() < 1 || wanted.connect_timeout.count() > 86'400)
        check.wrong(field_name(wanted, wanted.connect_timeout), "1 to 86400 s",
                    std::to_string(wanted.connect_timeout.count()) + " s");
    if (wanted.statement_timeout.count() < 0 || wanted.statement_timeout > std::chrono::days{1})
        check.wrong(field_name(wanted, wanted.statement_timeout), "0 to 86400000 ms",
                    std::to_string(wanted.statement_timeout.count()) + " ms");
}

void check_ca_file(const mysql_settings& wanted, configuration_check& check)
{
    const std::string_view field = field_name(wanted, wanted.ca_file);
    const bool needed = wanted.tls == mysql_tls::verify_ca || wanted.tls == mysql_tls::verify_full;
    if (needed && wanted.ca_file.empty())
        check.wrong(field, "a file of certificates, as tls says verify_ca or verify_full", "an empty text");
    else if (!needed && !wanted.ca_file.empty())
        check.wrong(field, "an empty text unless tls says verify_ca or verify_full", "'" + wanted.ca_file + "'");
    else if (needed && !std::ifstream{wanted.ca_file})
        check.wrong(field, "a file that can be read", "'" + wanted.ca_file + "'");
}

} // namespace

void mysql::check(const settings& wanted, configuration_check& check)
{
    if (const auto address = detail::mysql_address_of(wanted); !address)
        check.wrong(address.error().field, address.error().expected);
    check_times(wanted, check);
    check_ca_file(wanted, check);
}

std::unique_ptr<detail::driver> mysql::open(const settings& wanted)
{
    const auto address = detail::mysql_address_of(wanted);
    if (!address)
        throw database_error{database_errc::cannot_connect,
                             std::string{address.error().field}.append(": expected ").append(address.error().expected)};
    const std::string failed = "cannot connect to " + address->host + ":" + std::to_string(address->port) + ": ";
    auto opened = detail::open_through_soci(*address, wanted);
    if (!opened) {
        const database_errc code = detail::portable_mysql_code(opened.error().number);
        throw database_error{code == database_errc::permission_denied ? code : database_errc::cannot_connect,
                             failed + detail::masked_mysql_reason(opened.error().number, opened.error().reason),
                             {},
                             static_cast<int>(opened.error().number)};
    }
    return std::make_unique<detail::mysql_driver>(std::move(*opened), wanted);
}

} // namespace steward::inline v0::adapters
