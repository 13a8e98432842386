// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <functional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace steward::test {

/// A server that says what no proper one would: `serve` has each connection for itself, which is closed when it returns.
/// One connection at a time.
class raw_redis {
public:
    explicit raw_redis(std::function<void(int connection)> serve) : serve_{std::move(serve)}
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        ::bind(socket_, reinterpret_cast<sockaddr*>(&address), size);
        ::listen(socket_, 16);
        ::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size);
        port_ = ntohs(address.sin_port);
        thread_ = std::thread{[this] {
            for (int connection; (connection = ::accept(socket_, nullptr, nullptr)) >= 0; ::close(connection))
                serve_(connection);
        }};
    }
    ~raw_redis()
    {
        ::shutdown(socket_, SHUT_RDWR);
        thread_.join();
        ::close(socket_);
    }
    raw_redis(const raw_redis&) = delete;
    raw_redis& operator=(const raw_redis&) = delete;

    [[nodiscard]] int port() const noexcept { return port_; }

    /// Takes a client who introduces himself.
    static void greet(int connection)
    {
        hear(connection);
        say(connection, "+PONG\r\n");
    }
    static void say(int connection, std::string_view text)
    {
        ::send(connection, text.data(), text.size(), MSG_NOSIGNAL);
    }
    /// What comes next; nothing once the other side has gone.
    static std::string hear(int connection)
    {
        std::array<char, 4'096> bytes{};
        const auto size = ::recv(connection, bytes.data(), bytes.size(), 0);
        return size > 0 ? std::string{bytes.data(), static_cast<std::size_t>(size)} : std::string{};
    }

private:
    std::function<void(int)> serve_;
    int socket_ = ::socket(AF_INET, SOCK_STREAM, 0);
    int port_ = 0;
    std::thread thread_;
};

} // namespace steward::test
