// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/guarded_process.hpp"
#include "support/scratch_directory.hpp"

#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <functional>
#include <optional>
#include <random>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

namespace steward::test {

/// The file of a program on the PATH or else in one of `folders`; empty if it is nowhere.
[[nodiscard]] inline std::string find_program(const std::string& name, const std::vector<std::string>& folders = {})
{
    const char* const path = std::getenv("PATH");
    std::istringstream on_path{path == nullptr ? "" : path};
    std::vector<std::string> all;
    for (std::string folder; std::getline(on_path, folder, ':');)
        all.push_back(folder);
    all.insert(all.end(), folders.begin(), folders.end());
    for (const std::string& folder : all)
        if (const std::string file = folder + "/" + name; ::access(file.c_str(), X_OK) == 0)
            return file;
    return {};
}

/// What kinds of servers differ in.
struct server_kind {
    std::string name;
    std::string ready;         ///< what its log says once it takes connections
    int stop_signal = SIGTERM; ///< ends it in order, whoever is connected
    int end_signal = SIGKILL;  ///< ends it when its data is no longer wanted
};

/// A real server of the test's own, on a free port of 127.0.0.1, with all its files in a folder of its own, run by an
/// unprivileged user; it ends with this object, and with the test's process however that ends.
///
/// Threads: one at a time; any may stop it and start it again.
class server_process {
public:
    /// The program and its arguments.
    using command = std::vector<std::string>;

    /// Makes the folder; `start` starts the server.
    explicit server_process(server_kind kind) : kind_{std::move(kind)} { give_to_unprivileged(directory_.path()); }
    ~server_process()
    {
        if (process_)
            process_->stop(kind_.end_signal);
    }
    server_process(const server_process&) = delete;
    server_process& operator=(const server_process&) = delete;

    [[nodiscard]] int port() const noexcept { return port_; }
    [[nodiscard]] std::string folder() const { return directory_.path().string(); }
    [[nodiscard]] std::string file(std::string_view name) const { return directory_.file(name); }

    /// Starts it and waits until it takes connections. Throws with the end of its log if it does not.
    void start(std::function<command(int port)> on_port)
    {
        on_port_ = std::move(on_port);
        for (int attempts = 0; attempts != 5; ++attempts) { // somebody may take the port in between
            port_ = free_port();
            if (try_to_start())
                return;
        }
        fail("did not start");
    }

    /// In order: connections are closed, everything is written.
    void stop() noexcept
    {
        if (process_)
            process_->stop(kind_.stop_signal);
    }

    /// As if its machine crashed: everything of it gets SIGKILL.
    void stop_hard() noexcept
    {
        if (process_)
            process_->stop_hard();
    }

    /// On the same port and with the same data, after `stop` or `stop_hard`.
    void start_again()
    {
        if (!try_to_start())
            fail("did not start again");
    }

    /// Writes a file into its folder, for its user to read; the file's whole name.
    std::string write(std::string_view name, std::string_view text)
    {
        const std::string whole = file(name);
        std::ofstream{whole} << text;
        give_to_unprivileged(whole);
        return whole;
    }

    /// Runs one of its programs to the end, as its user and in its folder. Throws if it does not succeed.
    void run(const command& program)
    {
        if (run_unprivileged(program, folder(), log_file()) != 0)
            fail(program.front() + " failed");
    }

    /// All that it and its programs said.
    [[nodiscard]] std::string log() const
    {
        std::ostringstream text;
        text << std::ifstream{log_file()}.rdbuf();
        return std::move(text).str();
    }

private:
    [[nodiscard]] std::string log_file() const { return directory_.file("log"); }

    [[noreturn]] void fail(const std::string& what) const
    {
        const std::string text = log();
        throw std::runtime_error{kind_.name + ": " + what + ":\n"
                                 + text.substr(text.size() > 4000 ? text.size() - 4000 : 0)};
    }

    [[nodiscard]] bool try_to_start()
    {
        const std::size_t before = log().size();
        process_.reset();
        process_.emplace(on_port_(port_), folder(), log_file(), kind_.end_signal);
        const auto give_up = std::chrono::steady_clock::now() + std::chrono::minutes{1};
        while (log().find(kind_.ready, before) == std::string::npos) {
            if (!process_->running() || std::chrono::steady_clock::now() > give_up) {
                process_.reset();
                return false;
            }
            std::this_thread::sleep_for(std::chrono::milliseconds{2});
        }
        return true;
    }

    /// Not one that the system gives to who connects: while the server is down, a client that tries again and again would
    /// in the end be connected with itself there, and the server could not start.
    [[nodiscard]] static int free_port()
    {
        std::random_device random;
        std::uniform_int_distribution<int> any{20'000, 32'000};
        for (int attempts = 0; attempts != 100; ++attempts)
            if (const int port = any(random); is_free(port))
                return port;
        throw std::runtime_error{"no free port on 127.0.0.1"};
    }

    [[nodiscard]] static bool is_free(int port)
    {
        const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = ::htonl(INADDR_LOOPBACK);
        address.sin_port = ::htons(static_cast<std::uint16_t>(port));
        const bool free =
            socket >= 0 && ::bind(socket, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
        ::close(socket);
        return free;
    }

    server_kind kind_;
    scratch_directory directory_;
    std::function<command(int)> on_port_;
    int port_ = 0;
    std::optional<guarded_process> process_;
};

} // namespace steward::test
