// SPDX-License-Identifier: BSL-1.0
#include <steward/adapters/redis.hpp>

#include "connection.hpp"
#include "tls.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

namespace steward::inline v0::adapters {

namespace {

void check_address(const redis_settings& wanted, configuration_check& check)
{
    static constexpr std::size_t longest_path = 107; // of a socket: sockaddr_un
    if (!wanted.unix_socket.empty()) {
        if (wanted.unix_socket.native().size() > longest_path)
            check.wrong(field_name(wanted, wanted.unix_socket), "a path of at most 107 bytes",
                        std::to_string(wanted.unix_socket.native().size()));
        return;
    }
    // What was given is not shown: in a URL there may be a password.
    if (wanted.host.empty() || std::ranges::any_of(wanted.host, [](unsigned char c) {
            return c <= ' ' || c == '/' || c == '@' || c == 0x7f;
        }))
        check.wrong(field_name(wanted, wanted.host), "the name or address of a host, without anything around it");
    if (wanted.port < 1 || wanted.port > 65'535)
        check.wrong(field_name(wanted, wanted.port), "1 to 65535", std::to_string(wanted.port));
}

void check_times(const redis_settings& wanted, configuration_check& check)
{
    static constexpr std::chrono::milliseconds most = std::chrono::hours{24};
    for (const auto* const time : {&wanted.connect_timeout, &wanted.command_timeout})
        if (*time <= std::chrono::milliseconds::zero() || *time > most)
            check.wrong(field_name(wanted, *time), "more than zero and at most 24 h",
                        std::to_string(time->count()) + " ms");
}

void check_tls(const redis_settings& wanted, configuration_check& check)
{
    const bool on = wanted.tls == redis_tls::on;
    if (on && !detail::has_tls())
        check.wrong(field_name(wanted, wanted.tls), "off, since steward was built without OpenSSL here", "on");
    if (on && !wanted.unix_socket.empty())
        check.wrong(field_name(wanted, wanted.tls), "off with unix_socket, which has no host to be proven", "on");
    for (const auto* const file : {&wanted.ca_file, &wanted.cert_file, &wanted.key_file}) {
        std::error_code error;
        if (file->empty())
            continue;
        if (!on)
            check.wrong(field_name(wanted, *file), "no file where tls is off", file->string());
        else if (!std::filesystem::is_regular_file(*file, error))
            check.wrong(field_name(wanted, *file), "an existing file", file->string());
    }
    if (wanted.cert_file.empty() != wanted.key_file.empty())
        check.wrong(field_name(wanted, wanted.cert_file), "both cert_file and key_file, or none", "one");
}

} // namespace

redis::redis(settings wanted, std::string_view resource) : settings_{std::move(wanted)}, resource_{resource} {}

void redis::check(const settings& wanted, configuration_check& check)
{
    check_address(wanted, check);
    if (!wanted.user.empty() && wanted.password.empty())
        check.wrong(field_name(wanted, wanted.password), "the password of the user", "nothing");
    if (wanted.database < 0)
        check.wrong(field_name(wanted, wanted.database), "0 or more", std::to_string(wanted.database));
    check_times(wanted, check);
    check_tls(wanted, check);
}

redis_session redis::create(time_point deadline) const { return redis_session{settings_, resource_, deadline}; }

bool redis::validate(redis_session& session) const noexcept { return session.connection_->validate(); }

void redis::reset(redis_session& session) const { session.connection_->reset(); }

} // namespace steward::inline v0::adapters
