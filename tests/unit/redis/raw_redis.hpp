// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/raw_listener.hpp"

#include <array>
#include <string>

namespace steward::test {

/// One that Redis clients speak to.
class raw_redis : public raw_listener {
public:
    using raw_listener::raw_listener;

    /// Takes a client who introduces himself.
    static void greet(int connection)
    {
        hear(connection);
        say(connection, "+PONG\r\n");
    }
    /// What comes next; nothing once the other side has gone.
    static std::string hear(int connection)
    {
        std::array<char, 4'096> bytes{};
        const auto size = ::recv(connection, bytes.data(), bytes.size(), 0);
        return size > 0 ? std::string{bytes.data(), static_cast<std::size_t>(size)} : std::string{};
    }
};

} // namespace steward::test
