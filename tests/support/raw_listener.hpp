// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <functional>
#include <string_view>
#include <thread>
#include <utility>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace steward::test {

/// A server that says what no proper one would: `serve` has each connection for itself, which is closed when it returns.
/// One connection at a time.
class raw_listener {
public:
    explicit raw_listener(std::function<void(int connection)> serve) : serve_{std::move(serve)}
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
    ~raw_listener()
    {
        ::shutdown(socket_, SHUT_RDWR);
        thread_.join();
        ::close(socket_);
    }
    raw_listener(const raw_listener&) = delete;
    raw_listener& operator=(const raw_listener&) = delete;

    [[nodiscard]] int port() const noexcept { return port_; }

    /// Whether it could be sent; false once the other side has gone.
    static bool say(int connection, std::string_view text)
    {
        return ::send(connection, text.data(), text.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(text.size());
    }

private:
    std::function<void(int)> serve_;
    int socket_ = ::socket(AF_INET, SOCK_STREAM, 0);
    int port_ = 0;
    std::thread thread_;
};

} // namespace steward::test
