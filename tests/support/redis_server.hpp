// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/server_process.hpp"

#include <string>
#include <vector>

namespace steward::test {

/// A real Redis server of the test's own, with nothing on the disk: it forgets all when it stops.
class redis_server {
public:
    /// The program; empty if it is not installed.
    [[nodiscard]] static std::string program() { return find_program("redis-server"); }

    /// `arguments` are added to the server's own: {"--requirepass", "..."}.
    explicit redis_server(const std::vector<std::string>& arguments = {})
    {
        server_.start([this, arguments](int port) {
            server_process::command command{
                program(), "--port", std::to_string(port), "--bind",      "127.0.0.1", "--save", "", "--appendonly",
                "no",      "--dir",  server_.folder(),     "--daemonize", "no"};
            command.insert(command.end(), arguments.begin(), arguments.end());
            return command;
        });
    }

    [[nodiscard]] int port() const noexcept { return server_.port(); }

    void stop() noexcept { server_.stop(); }
    /// With SIGKILL.
    void stop_hard() noexcept { server_.stop_hard(); }
    /// On the same port, after `stop` or `stop_hard`.
    void start_again() { server_.start_again(); }

private:
    server_process server_{{.name = "redis-server", .ready = "Ready to accept connections"}};
};

} // namespace steward::test
