// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <httplib.h>

#include <cstddef>
#include <memory>
#include <string>
#include <thread>

namespace enrich {

/// An HTTP server in this process, on a free port of the loopback: it serves from `start` to its end.
class server {
public:
    /// Each client that stays connected takes a thread of the server's.
    explicit server(std::size_t clients)
    {
        handlers.new_task_queue = [clients] { return std::make_unique<httplib::ThreadPool>(clients).release(); };
        handlers.set_tcp_nodelay(true);
        handlers.set_keep_alive_timeout(1); // in seconds; at its end it waits for clients that are still connected
        port_ = handlers.bind_to_any_port("127.0.0.1");
    }
    ~server()
    {
        handlers.stop();
        if (thread_.joinable())
            thread_.join();
    }
    server(const server&) = delete;
    server& operator=(const server&) = delete;

    void start()
    {
        thread_ = std::thread{[this] { handlers.listen_after_bind(); }};
        while (!handlers.is_running())
            std::this_thread::yield();
    }
    [[nodiscard]] std::string url() const { return "http://127.0.0.1:" + std::to_string(port_) + "/v1"; }

    httplib::Server handlers; ///< to be set before `start`

private:
    int port_ = 0;
    std::thread thread_;
};

} // namespace enrich
