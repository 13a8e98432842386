// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <expected>
#include <string>
#include <string_view>

namespace steward::adapters::detail {

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

/// Its parts, or what was expected instead.
[[nodiscard]] std::expected<base_url, std::string_view> parse_base_url(std::string_view text);

/// What stands in the request for a path beneath the prefix, or what was expected instead.
[[nodiscard]] std::expected<std::string, std::string_view> request_target(std::string_view prefix,
                                                                          std::string_view path);

} // namespace steward::adapters::detail
