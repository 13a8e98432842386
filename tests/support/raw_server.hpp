// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace steward::test {

/// A server that says what no proper one would: `serve` has each connection for itself, once its request's headers were
/// read, and the connection is closed when it returns. One connection at a time.
class raw_server {
public:
    explicit raw_server(std::function<void(int connection)> serve) : serve_{std::move(serve)}
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        ::bind(socket_, reinterpret_cast<sockaddr*>(&address), size);
        ::listen(socket_, 16);
        ::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size);
        port_ = ntohs(address.sin_port);
        thread_ = std::thread{[this] { run(); }};
    }
    ~raw_server()
    {
        ::shutdown(socket_, SHUT_RDWR);
        thread_.join();
        ::close(socket_);
    }
    raw_server(const raw_server&) = delete;
    raw_server& operator=(const raw_server&) = delete;

    [[nodiscard]] std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }

    /// Whether it could be sent; false once the other side has gone.
    static bool say(int connection, std::string_view text)
    {
        return ::send(connection, text.data(), text.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(text.size());
    }

private:
    void run()
    {
        for (int connection; (connection = ::accept(socket_, nullptr, nullptr)) >= 0; ::close(connection)) {
            std::string request;
            char next = 0;
            while (!request.ends_with("\r\n\r\n") && ::recv(connection, &next, 1, 0) == 1)
                request += next;
            serve_(connection);
        }
    }

    std::function<void(int)> serve_;
    int socket_ = ::socket(AF_INET, SOCK_STREAM, 0);
    int port_ = 0;
    std::thread thread_;
};

} // namespace steward::test
