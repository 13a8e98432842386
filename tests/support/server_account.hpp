// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace steward::test {

/// As whom tests connect to a database server of theirs.
struct server_account {
    [[nodiscard]] static std::string host() { return "127.0.0.1"; }
    [[nodiscard]] static std::string user() { return "steward"; }
    /// Needs quoting wherever it is pasted, and is easy to find where it must not appear.
    [[nodiscard]] static std::string password() { return R"(Pa$$ w'ord\ "with"; tricks)"; }
    [[nodiscard]] static std::string database() { return "steward"; }
};

/// The settings with which a backend connects to such a server.
template <class Settings, class Server>
[[nodiscard]] Settings settings_of(const Server& server)
{
    Settings result;
    result.host = Server::host();
    result.port = static_cast<std::uint16_t>(server.port());
    result.database = Server::database();
    result.user = Server::user();
    result.password = Server::password();
    return result;
}

/// A text with all of its bytes as %24, for the part of a URI.
[[nodiscard]] inline std::string in_a_url(std::string_view text)
{
    static constexpr std::string_view digits = "0123456789ABCDEF";
    std::string result;
    for (const char letter : text) {
        const auto code = static_cast<unsigned char>(letter);
        result += {'%', digits[code / 16], digits[code % 16]};
    }
    return result;
}

} // namespace steward::test
