// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace steward::test {

/// A proxy: answers plain requests itself, with "by the proxy", and makes tunnels to ports of this machine. One connection
/// at a time. With `answer` it says that to everybody instead.
class proxy_server {
public:
    explicit proxy_server(std::string answer = {}) : answer_{std::move(answer)}
    {
        sockaddr_in address = loopback(0);
        socklen_t size = sizeof address;
        static_cast<void>(::bind(socket_, reinterpret_cast<sockaddr*>(&address), size));
        ::listen(socket_, 16);
        ::getsockname(socket_, reinterpret_cast<sockaddr*>(&address), &size);
        port_ = ntohs(address.sin_port);
        thread_ = std::thread{[this] { run(); }};
    }
    ~proxy_server()
    {
        ::shutdown(socket_, SHUT_RDWR);
        thread_.join();
        ::close(socket_);
    }
    proxy_server(const proxy_server&) = delete;
    proxy_server& operator=(const proxy_server&) = delete;

    [[nodiscard]] std::string url() const { return "http://127.0.0.1:" + std::to_string(port_); }

    /// The heads of the requests that were made to it, without what went through tunnels.
    [[nodiscard]] std::vector<std::string> asked() const
    {
        const std::lock_guard lock{mutex_};
        return asked_;
    }

private:
    static sockaddr_in loopback(int port)
    {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        address.sin_port = htons(static_cast<std::uint16_t>(port));
        return address;
    }

    void run()
    {
        for (int client; (client = ::accept(socket_, nullptr, nullptr)) >= 0; ::close(client)) {
            std::string head;
            char next = 0;
            while (!head.ends_with("\r\n\r\n") && ::recv(client, &next, 1, 0) == 1)
                head += next;
            {
                const std::lock_guard lock{mutex_};
                asked_.push_back(head);
            }
            if (!answer_.empty())
                say(client, answer_);
            else if (head.starts_with("CONNECT "))
                tunnel(client, std::stoi(head.substr(head.find(':') + 1)));
            else
                say(client, "HTTP/1.1 200 OK\r\nContent-Length: 12\r\nConnection: close\r\n\r\nby the proxy");
        }
    }

    static void say(int to, std::string_view text) { ::send(to, text.data(), text.size(), MSG_NOSIGNAL); }

    static void tunnel(int client, int port)
    {
        const int server = ::socket(AF_INET, SOCK_STREAM, 0);
        const sockaddr_in address = loopback(port);
        static_cast<void>(::connect(server, reinterpret_cast<const sockaddr*>(&address), sizeof address));
        say(client, "HTTP/1.1 200 OK\r\n\r\n");
        std::array<pollfd, 2> ends{pollfd{client, POLLIN, 0}, pollfd{server, POLLIN, 0}};
        std::array<char, 4'096> piece{};
        for (bool open = true; open && ::poll(ends.data(), ends.size(), -1) > 0;)
            for (const std::size_t from : {0U, 1U})
                if (ends.at(from).revents != 0) {
                    const ssize_t size = ::recv(ends.at(from).fd, piece.data(), piece.size(), 0);
                    open = open && size > 0;
                    if (size > 0)
                        say(ends.at(1 - from).fd, {piece.data(), static_cast<std::size_t>(size)});
                }
        ::close(server);
    }

    std::string answer_;
    int socket_ = ::socket(AF_INET, SOCK_STREAM, 0);
    int port_ = 0;
    mutable std::mutex mutex_;
    std::vector<std::string> asked_;
    std::thread thread_;
};

} // namespace steward::test
