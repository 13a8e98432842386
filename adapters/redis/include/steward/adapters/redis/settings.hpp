// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/field_name.hpp>
#include <steward/setting_words.hpp>

#include <array>
#include <chrono>
#include <filesystem>
#include <string>
#include <string_view>
#include <utility>

namespace steward::inline v0::adapters {

/// Whether a connection is encrypted.
enum class redis_tls {
    off, ///< not at all
    on,  ///< and the server has to prove that it is `host`; refused where steward was built without OpenSSL
};

/// The settings of `redis`: where the server is, who asks, and how long to wait.
struct redis_settings {
    /// The server's name or address.
    std::string host = "localhost";
    /// From 1 to 65535.
    int port = 6379;
    /// The path of the server's socket in the file system, instead of host and port.
    std::filesystem::path unix_socket{};
    /// Empty: the server's default user.
    std::string user{};
    /// Empty: none is sent.
    std::string password{};
    /// The index of the server's database.
    int database = 0;
    /// For everything up to the first command: connecting (without looking up the host's name), TLS, password, database.
    std::chrono::milliseconds connect_timeout{5'000};
    /// For one command from its first byte to the last of its reply; in a pipeline or transaction from each reply to the
    /// next. Longer than what a command such as BLPOP waits in the server.
    std::chrono::milliseconds command_timeout{5'000};
    /// Whether the connection is encrypted.
    redis_tls tls = redis_tls::off;
    /// Certificates (PEM) of those who may vouch for the server, instead of the system's.
    std::filesystem::path ca_file{};
    /// The client's own certificate and its key (PEM), which Redis wants unless it has `tls-auth-clients no`.
    std::filesystem::path cert_file{};
    /// The key of cert_file.
    std::filesystem::path key_file{};
};

} // namespace steward::inline v0::adapters

template <>
inline constexpr auto steward::setting_words<steward::adapters::redis_tls> =
    std::to_array<std::pair<std::string_view, steward::adapters::redis_tls>>(
        {{"off", steward::adapters::redis_tls::off}, {"on", steward::adapters::redis_tls::on}});
BOOST_HANA_ADAPT_STRUCT(steward::adapters::redis_settings, host, port, unix_socket, user, password, database,
                        connect_timeout, command_timeout, tls, ca_file, cert_file, key_file);
