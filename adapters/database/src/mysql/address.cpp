// SPDX-License-Identifier: BSL-1.0
#include "address.hpp"

#include <charconv>
#include <optional>

namespace steward::inline v0::adapters::detail {

namespace {

constexpr std::string_view expected_uri = "mysql://user:password@host:port/database, special characters as %40";
constexpr std::string_view expected_once = "a value either here or in the connection string";

std::optional<std::string> percent_decoded(std::string_view text)
{
    std::string result;
    for (; !text.empty(); text.remove_prefix(1)) {
        if (text.front() != '%') {
            result += text.front();
            continue;
        }
        unsigned code = 0;
        const char* const end = text.data() + 3;
        if (text.size() < 3 || std::from_chars(text.data() + 1, end, code, 16).ptr != end)
            return std::nullopt;
        result += static_cast<char>(code);
        text.remove_prefix(2);
    }
    return result;
}

std::optional<std::uint16_t> port_of(std::string_view text)
{
    std::uint16_t port = 0;
    const auto [stop, error] = std::from_chars(text.data(), text.data() + text.size(), port);
    if (error != std::errc{} || stop != text.data() + text.size() || port == 0)
        return std::nullopt;
    return port;
}

/// `host:port`, `[::1]:port`, each part optional.
bool read_host(std::string_view text, mysql_address& into)
{
    std::string_view rest;
    std::optional<std::string> host;
    if (text.starts_with('[')) {
        const std::size_t close = text.find(']');
        if (close == std::string_view::npos)
            return false;
        host = std::string{text.substr(1, close - 1)};
        rest = text.substr(close + 1);
    } else {
        const std::size_t colon = std::min(text.find(':'), text.size());
        host = percent_decoded(text.substr(0, colon));
        rest = text.substr(colon);
    }
    if (!host)
        return false;
    into.host = *host;
    if (rest.empty())
        return true;
    const auto port = port_of(rest.substr(1));
    into.port = port.value_or(0);
    return rest.starts_with(':') && port;
}

std::optional<mysql_address> parsed(std::string_view uri)
{
    mysql_address result;
    const std::size_t scheme_end = uri.find("://");
    if (scheme_end == std::string_view::npos
        || (uri.substr(0, scheme_end) != "mysql" && uri.substr(0, scheme_end) != "mariadb"))
        return std::nullopt;
    uri.remove_prefix(scheme_end + 3);
    if (uri.find_first_of("?#") != std::string_view::npos)
        return std::nullopt;
    // A slash in a password has to be written as %2F: an unencoded one would make a part of the password a host.
    const std::size_t slash = std::min(uri.find('/'), uri.size());
    std::string_view authority = uri.substr(0, slash);
    if (const std::size_t at = authority.rfind('@'); at != std::string_view::npos) {
        const std::string_view who = authority.substr(0, at);
        const std::size_t colon = std::min(who.find(':'), who.size());
        const auto user = percent_decoded(who.substr(0, colon));
        const auto password = percent_decoded(colon < who.size() ? who.substr(colon + 1) : std::string_view{});
        if (!user || !password)
            return std::nullopt;
        result.user = *user;
        result.password = *password;
        authority.remove_prefix(at + 1);
    }
    const auto database = percent_decoded(slash < uri.size() ? uri.substr(slash + 1) : std::string_view{});
    if (!database || database->find('/') != std::string::npos || !read_host(authority, result))
        return std::nullopt;
    result.database = *database;
    return result;
}

/// What the client library takes as a host, and as nothing more.
bool is_host(std::string_view host) noexcept
{
    return host.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_.:%")
           == std::string_view::npos;
}

bool has_nul(std::string_view text) noexcept { return text.find('\0') != std::string_view::npos; }

} // namespace

std::expected<mysql_address, mysql_mistake> mysql_address_of(const mysql_settings& wanted)
{
    mysql_address result;
    if (!wanted.connection.empty()) {
        auto from_uri = parsed(wanted.connection);
        if (!from_uri)
            return std::unexpected{mysql_mistake{field_name(wanted, wanted.connection), expected_uri}};
        result = std::move(*from_uri);
    }
    std::string_view twice;
    const auto merge = [&](const auto& field, auto& into) {
        if (field == std::remove_cvref_t<decltype(into)>{})
            return;
        if (into != std::remove_cvref_t<decltype(into)>{})
            twice = field_name(wanted, field);
        into = field;
    };
    merge(wanted.host, result.host);
    merge(wanted.port, result.port);
    merge(wanted.database, result.database);
    merge(wanted.user, result.user);
    merge(wanted.password, result.password);
    if (!twice.empty())
        return std::unexpected{mysql_mistake{twice, expected_once}};
    if (result.host.empty())
        result.host = "localhost";
    if (result.port == 0)
        result.port = 3306;
    if (!is_host(result.host))
        return std::unexpected{mysql_mistake{field_name(wanted, wanted.host), "the name or the address of a host"}};
    if (result.user.empty())
        return std::unexpected{mysql_mistake{field_name(wanted, wanted.user), "the name of a user"}};
    for (const auto& [text, field] : {std::pair{&result.user, field_name(wanted, wanted.user)},
                                      {&result.password, field_name(wanted, wanted.password)},
                                      {&result.database, field_name(wanted, wanted.database)}})
        if (has_nul(*text))
            return std::unexpected{mysql_mistake{field, "a text without NUL characters"}};
    return result;
}

} // namespace steward::inline v0::adapters::detail
