// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/scratch_directory.hpp"

#include <array>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <thread>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

namespace steward::test {

/// A real Redis server of the test's own, on a free port of 127.0.0.1, with nothing on the disk; it ends with this object,
/// and with the process.
class redis_server {
public:
    /// The program on the PATH; empty if it is not there.
    [[nodiscard]] static std::string program()
    {
        const char* const path = std::getenv("PATH");
        std::istringstream folders{path == nullptr ? "" : path};
        for (std::string folder; std::getline(folders, folder, ':');)
            if (const std::string file = folder + "/redis-server"; ::access(file.c_str(), X_OK) == 0)
                return file;
        return {};
    }

    redis_server() { start_on_a_free_port(); }
    ~redis_server() { stop(); }
    redis_server(const redis_server&) = delete;
    redis_server& operator=(const redis_server&) = delete;

    [[nodiscard]] int port() const noexcept { return port_; }

    void stop() noexcept
    {
        if (process_ == 0)
            return;
        ::kill(process_, SIGTERM);
        ::waitpid(process_, nullptr, 0);
        process_ = 0;
    }

    /// On the same port, after `stop`.
    void start_again()
    {
        if (!start())
            throw std::runtime_error{"redis-server did not start again: " + log()};
    }

private:
    void start_on_a_free_port()
    {
        for (int attempts = 0; attempts != 5; ++attempts) { // somebody may take the port in between
            port_ = free_port();
            if (start())
                return;
        }
        throw std::runtime_error{"redis-server did not start: " + log()};
    }

    [[nodiscard]] bool start()
    {
        const std::string file = program(), port = std::to_string(port_), folder = directory_.path().string();
        const std::array<const char*, 16> arguments{
            file.c_str(), "--port", port.c_str(),   "--bind",    "127.0.0.1", "--save",      "",   "--appendonly",
            "no",         "--dir",  folder.c_str(), "--logfile", "log",       "--daemonize", "no", nullptr};
        const pid_t parent = ::getpid();
        const pid_t child = ::fork();
        if (child < 0)
            throw std::runtime_error{"no process for redis-server"};
        if (child == 0) {
            ::prctl(PR_SET_PDEATHSIG, SIGKILL); // also when the test crashes
            if (::getppid() == parent)
                ::execv(file.c_str(), const_cast<char* const*>(arguments.data()));
            ::_exit(127);
        }
        process_ = child;
        while (!answers()) {
            if (::waitpid(process_, nullptr, WNOHANG) == process_) {
                process_ = 0;
                return false;
            }
            std::this_thread::sleep_for(std::chrono::milliseconds{2});
        }
        return true;
    }

    [[nodiscard]] static sockaddr_in address(int port)
    {
        sockaddr_in result{};
        result.sin_family = AF_INET;
        result.sin_addr.s_addr = ::htonl(INADDR_LOOPBACK);
        result.sin_port = ::htons(static_cast<std::uint16_t>(port));
        return result;
    }

    [[nodiscard]] static int free_port()
    {
        const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in chosen = address(0);
        socklen_t size = sizeof chosen;
        auto* const where = reinterpret_cast<sockaddr*>(&chosen);
        const bool found = ::bind(socket, where, size) == 0 && ::getsockname(socket, where, &size) == 0;
        ::close(socket);
        if (!found)
            throw std::runtime_error{"no free port on 127.0.0.1"};
        return ::ntohs(chosen.sin_port);
    }

    /// Whether it is this server that answers: the port may be somebody else's by now, who answers, too.
    [[nodiscard]] bool answers() const
    {
        const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        const sockaddr_in where = address(port_);
        const bool connected = ::connect(socket, reinterpret_cast<const sockaddr*>(&where), sizeof where) == 0;
        ::close(socket);
        return connected && log().find("Ready to accept connections") != std::string::npos;
    }

    [[nodiscard]] std::string log() const
    {
        std::ostringstream text;
        text << std::ifstream{directory_.file("log")}.rdbuf();
        return std::move(text).str();
    }

    scratch_directory directory_;
    int port_ = 0;
    pid_t process_ = 0;
};

} // namespace steward::test
