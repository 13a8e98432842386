// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <httplib.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <thread>

namespace steward::test {

/// A real HTTP server in this process, on a free port of the loopback: set its handlers, then `start` it.
class http_server : public httplib::Server {
public:
    http_server()
    {
        set_tcp_nodelay(true);
        set_keep_alive_timeout(1); // in seconds: how long `stop` waits for clients that stay
        port_ = bind_to_any_port("127.0.0.1");
    }
    ~http_server() override
    {
        stop();
        if (thread_.joinable())
            thread_.join();
    }
    http_server(const http_server&) = delete;
    http_server& operator=(const http_server&) = delete;

    void start()
    {
        thread_ = std::thread{[this] { listen_after_bind(); }};
        while (!is_running())
            std::this_thread::yield();
    }
    /// A handler's answer that breaks off.
    static void break_off(httplib::Response& response)
    {
        response.set_content_provider(10, "text/plain",
                                      [](std::size_t, std::size_t, httplib::DataSink&) { return false; });
    }
    [[nodiscard]] std::string url(std::string_view path = {}) const
    {
        return "http://127.0.0.1:" + std::to_string(port_).append(path);
    }

private:
    int port_ = 0;
    std::thread thread_;
};

} // namespace steward::test
