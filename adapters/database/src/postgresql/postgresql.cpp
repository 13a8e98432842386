// SPDX-License-Identifier: BSL-1.0
#include <steward/adapters/database/postgresql.hpp>

#include "connection_string.hpp"
#include "conninfo.hpp"
#include "driver.hpp"
#include "fail.hpp"
#include "native.hpp"

#include <steward/adapters/database/error.hpp>

#include <soci/error.h>

#include <algorithm>
#include <climits>

#include <unistd.h>

namespace steward::inline v0::adapters {

namespace {

using detail::pg::connection_keywords;

bool all_carried(const connection_keywords& said)
{
    std::string options;
    return std::ranges::all_of(said, [&](const auto& each) {
        return each.first == "password"
               || (each.first == "options" ? detail::pg::append_options(options, each.second)
                                           : detail::pg::soci_carries(each.second));
    });
}

/// Every piece of the string may be a piece of a password that was not written as it should be.
void check_connection(const postgresql_settings& wanted, const connection_keywords& said, configuration_check& check)
{
    const std::string_view field = field_name(wanted, wanted.connection);
    if (said.find("host").find('@') != std::string_view::npos)
        check.wrong(field, "a host without @; in a password it is written %40");
    if (said.find("port").find_first_not_of("0123456789,") != std::string_view::npos)
        check.wrong(field, "a number as port; in a password / is written %2F and : is written %3A");
    if (!all_carried(said))
        check.wrong(field,
                    "values without blanks and '=', which SOCI before 4.1 cannot carry; options as -c name=value");
    const auto twice = [&](const auto& member, bool given, std::string_view keyword) {
        if (given && !said.find(keyword).empty())
            check.wrong(field_name(wanted, member),
                        std::string{"nothing, as connection says "}.append(keyword).append(" already"));
    };
    twice(wanted.host, !wanted.host.empty(), "host");
    twice(wanted.port, wanted.port != 0, "port");
    twice(wanted.database, !wanted.database.empty(), "dbname");
    twice(wanted.user, !wanted.user.empty(), "user");
    twice(wanted.password, !wanted.password.empty(), "password");
    twice(wanted.tls, wanted.tls != postgresql_tls::prefer, "sslmode");
    twice(wanted.ca_file, !wanted.ca_file.empty(), "sslrootcert");
}

void check_text(const postgresql_settings& wanted, const std::string& member, bool carried, configuration_check& check)
{
    if (member.find('\0') != std::string::npos)
        check.wrong(field_name(wanted, member), "a text without NUL characters");
    else if (!carried)
        check.wrong(field_name(wanted, member), "a text without blanks and '=', which SOCI before 4.1 cannot carry");
}

} // namespace

void postgresql::check(const settings& wanted, configuration_check& check)
{
    if (const auto said = connection_keywords::parse(wanted.connection))
        check_connection(wanted, *said, check);
    else
        check.wrong(field_name(wanted, wanted.connection), connection_keywords::expected());
    for (const std::string* const text : {&wanted.host, &wanted.database, &wanted.user, &wanted.ca_file})
        check_text(wanted, *text, detail::pg::soci_carries(*text), check);
    check_text(wanted, wanted.password, true, check);
    if (!wanted.ca_file.empty() && ::access(wanted.ca_file.c_str(), R_OK) != 0)
        check.wrong(field_name(wanted, wanted.ca_file), "a readable file", "'" + wanted.ca_file + "'");
    const auto check_time = [&](const auto& member, std::int64_t least, std::int64_t most, std::string_view unit) {
        if (member.count() < least || member.count() > most)
            check.wrong(field_name(wanted, member),
                        std::to_string(least).append(" to ").append(std::to_string(most)).append(unit),
                        std::to_string(member.count()).append(unit));
    };
    check_time(wanted.connect_timeout, 1, INT_MAX / 1'000, " s");
    check_time(wanted.statement_timeout, 0, INT_MAX - 1'000, " ms");
}

std::unique_ptr<detail::driver> postgresql::open(const settings& wanted)
{
    const detail::pg::conninfo info{wanted};
    try {
        return std::make_unique<detail::pg::pg_driver>(detail::pg::open_through_soci(info.text()), wanted);
    } catch (const soci::soci_error& error) {
        std::string_view reason = error.what();
        if (static constexpr std::string_view soci_says = "Cannot establish connection to the database.\n";
            reason.starts_with(soci_says))
            reason.remove_prefix(soci_says.size());
        throw database_error{database_errc::cannot_connect, detail::pg::one_line(reason, info.secret())};
    }
}

} // namespace steward::inline v0::adapters
