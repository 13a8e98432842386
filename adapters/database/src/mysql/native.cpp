// SPDX-License-Identifier: BSL-1.0
#include "native.hpp"

#include <soci/mysql/soci-mysql.h>
#include <soci/soci.h>

#include <chrono>

namespace steward::inline v0::adapters::detail {

namespace {

/// ` name='value'`, so that SOCI reads any value.
std::string option(std::string_view name, std::string_view value)
{
    std::string result{" "};
    result.append(name).append("='");
    for (const char c : value)
        result.append(c == '\'' || c == '\\' ? "\\" : "").append(1, c);
    return result += '\'';
}

bool verifies(mysql_tls tls) noexcept { return tls == mysql_tls::verify_ca || tls == mysql_tls::verify_full; }

/// SOCI cannot ask for TCP or for the verification of a host, but both client libraries have a way through what it can.
std::string host_and_tls(const mysql_address& to, const mysql_settings& wanted)
{
#ifdef LIBMARIADB
    // MariaDB's library reads a host with a semicolon as a list of options.
    std::string host{"host=" + to.host + ";protocol=1;local-infile=0"};
    if (wanted.tls != mysql_tls::off)
        host += ";ssl-enforce=1";
    if (wanted.tls == mysql_tls::verify_full)
        host += ";ssl-verify-server-cert=1";
    std::string result = option("host", host);
#else
    // For MySQL's library `localhost` is a local socket.
    static constexpr std::string_view modes[]{"DISABLED", "PREFERRED", "REQUIRED", "VERIFY_CA", "VERIFY_IDENTITY"};
    std::string result =
        option("host", to.host == "localhost" && wanted.tls != mysql_tls::verify_full ? "127.0.0.1" : to.host)
        + option("ssl_mode", modes[static_cast<unsigned>(wanted.tls)]);
#endif
    if (verifies(wanted.tls))
        result += option("sslca", wanted.ca_file);
    return result;
}

/// How long the client waits for the server in a statement, in seconds: the server gives up first.
std::string read_timeout(std::chrono::milliseconds statement_timeout)
{
    return std::to_string(std::chrono::ceil<std::chrono::seconds>(statement_timeout).count() + 1);
}

std::string connect_string(const mysql_address& to, const mysql_settings& wanted)
{
    std::string result = host_and_tls(to, wanted) + option("port", std::to_string(to.port)) + option("user", to.user)
                         + option("password", to.password) + option("charset", "utf8mb4")
                         + option("connect_timeout", std::to_string(wanted.connect_timeout.count()));
    if (!to.database.empty())
        result += option("dbname", to.database);
    if (wanted.statement_timeout.count() > 0)
        result += option("read_timeout", read_timeout(wanted.statement_timeout))
                  + option("write_timeout", read_timeout(wanted.statement_timeout));
    return result;
}

} // namespace

std::expected<std::unique_ptr<soci::session>, mysql_refusal> open_through_soci(const mysql_address& to,
                                                                               const mysql_settings& wanted)
{
    // Not safe in several threads at once, and neither is what calls it when it was not called.
    static const int initialized = mysql_library_init(0, nullptr, nullptr);
    if (initialized != 0)
        return std::unexpected{mysql_refusal{0, "the client library cannot be initialized"}};
    try {
        auto session = std::make_unique<soci::session>(soci::mysql, connect_string(to, wanted));
        MYSQL* const connection = native_mysql(*session);
        // Else the server could ask for any file of this machine.
        unsigned no_local_files = 0;
        mysql_options(connection, MYSQL_OPT_LOCAL_INFILE, &no_local_files);
        if (wanted.tls > mysql_tls::prefer && !mysql_get_ssl_cipher(connection))
            return std::unexpected{mysql_refusal{0, "the server has no TLS, which the settings ask for"}};
        return session;
    } catch (const soci::mysql_soci_error& error) {
        return std::unexpected{mysql_refusal{error.err_num_, error.what()}};
    } catch (const soci::soci_error&) { // its text may have a part of the options
        return std::unexpected{mysql_refusal{0, "SOCI does not know an option that the settings need"}};
    }
}

// SOCI exports no type information for its backends, which the sanitizer's check of a downcast would need to link.
__attribute__((no_sanitize("vptr"))) MYSQL* native_mysql(soci::session& session) noexcept
{
    auto* const backend = static_cast<soci::mysql_session_backend*>(session.get_backend());
    return backend ? backend->conn_ : nullptr;
}

int socket_of(MYSQL* connection) noexcept
{
#ifdef LIBMARIADB
    return connection->net.pvio ? static_cast<int>(mysql_get_socket(connection)) : -1;
#else
    return static_cast<int>(connection->net.fd);
#endif
}

} // namespace steward::inline v0::adapters::detail
