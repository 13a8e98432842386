// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <expected>
#include <string>
#include <string_view>

namespace steward::inline v0::adapters::detail {

/// The parts of a service's address.
struct base_url {
    bool tls = false;
    std::string host{}; ///< an IPv6 address without its brackets
    int port = 0;
    std::string prefix{}; ///< `/v1`, without a slash at its end; empty if there is none

    /// `host`, `host:1234` or `[::1]:1234`: the port only where it is not the scheme's.
    [[nodiscard]] std::string authority() const;
    /// `https://host`
    [[nodiscard]] std::string origin() const;
};

/// Whether both are the same server: scheme, host and port.
[[nodiscard]] bool same_origin(const base_url& a, const base_url& b) noexcept;

[[nodiscard]] bool is_control(char c) noexcept;

/// Its parts, or what was expected instead.
[[nodiscard]] std::expected<base_url, std::string_view> parse_base_url(std::string_view text);

/// Removes the scheme, the host and the port from the front of the text; they, or what was expected instead.
[[nodiscard]] std::expected<base_url, std::string_view> take_origin(std::string_view& text);

/// Appends `%` and the byte's two digits.
void append_escaped(std::string& to, char c);

/// The path and the query with all encoded that may not stand in a URL; `%` is left.
[[nodiscard]] std::string encoded(std::string_view path);

/// What stands in the request for a path beneath the prefix, or what was expected instead.
[[nodiscard]] std::expected<std::string, std::string_view> request_target(std::string_view prefix,
                                                                          std::string_view path);

} // namespace steward::inline v0::adapters::detail
