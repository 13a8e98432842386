// SPDX-License-Identifier: BSL-1.0
#include "process.hpp"

#include <array>
#include <cerrno>
#include <csignal>
#include <stdexcept>
#include <system_error>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

namespace peers {

namespace {

[[noreturn]] void fail(int error, const char* what) { throw std::system_error{error, std::generic_category(), what}; }

std::array<int, 2> make_pipe()
{
    std::array<int, 2> ends{};
    if (pipe2(ends.data(), O_CLOEXEC) != 0)
        fail(errno, "pipe");
    return ends;
}

} // namespace

process::process(const std::string& command)
{
    std::signal(SIGPIPE, SIG_IGN); // a peer that has ended is an error of write
    const auto [stdin_end, to] = make_pipe();
    const auto [from, stdout_end] = make_pipe();
    posix_spawn_file_actions_t files;
    posix_spawn_file_actions_init(&files);
    posix_spawn_file_actions_adddup2(&files, stdin_end, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&files, stdout_end, STDOUT_FILENO);
    std::string shell = "sh", option = "-c", text = "exec " + command;
    std::array<char*, 4> arguments{shell.data(), option.data(), text.data(), nullptr};
    const int error = posix_spawn(&child_, "/bin/sh", &files, nullptr, arguments.data(), environ);
    posix_spawn_file_actions_destroy(&files);
    close(stdin_end);
    close(stdout_end);
    to_ = to;
    from_ = from;
    if (error != 0) {
        close(to_);
        close(from_);
        fail(error, "cannot start /bin/sh");
    }
}

process::~process()
{
    close(to_); // the end of its input: there is nothing more to do
    close(from_);
    constexpr int tries = 100;
    for (int i = 0; i != tries; ++i) {
        if (waitpid(child_, nullptr, WNOHANG) != 0)
            return;
        constexpr timespec pause{0, 20'000'000};
        nanosleep(&pause, nullptr);
    }
    kill(child_, SIGKILL);
    waitpid(child_, nullptr, 0);
}

void process::write_line(const std::string& line)
{
    const std::string text = line + '\n';
    if (write(to_, text.data(), text.size()) != static_cast<ssize_t>(text.size()))
        throw std::runtime_error{"its program has ended"};
}

std::string process::read_line(std::chrono::milliseconds within)
{
    const auto deadline = std::chrono::steady_clock::now() + within;
    for (;;) {
        if (const auto end = read_.find('\n'); end != std::string::npos) {
            std::string line = read_.substr(0, end);
            read_.erase(0, end + 1);
            return line;
        }
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(deadline - std::chrono::steady_clock::now());
        pollfd ready{from_, POLLIN, 0};
        if (left.count() <= 0 || poll(&ready, 1, static_cast<int>(left.count())) == 0)
            throw std::runtime_error{"its program did not answer"};
        std::array<char, 65536> buffer{};
        const ssize_t got = read(from_, buffer.data(), buffer.size());
        if (got <= 0)
            throw std::runtime_error{"its program has ended"};
        read_.append(buffer.data(), static_cast<std::size_t>(got));
    }
}

} // namespace peers
