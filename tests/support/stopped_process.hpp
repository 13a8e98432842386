// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <system_error>
#include <thread>

#include <sys/types.h>

namespace steward::test {

/// A process that does nothing while this exists. The signal alone stops no thread: each stops when it comes to it, and
/// may have answered somebody before.
class stopped_process {
public:
    explicit stopped_process(pid_t process) : process_{process}
    {
        if (::kill(process_, SIGSTOP) != 0)
            throw std::system_error{errno, std::generic_category(), "stop process " + std::to_string(process_)};
        const auto end = std::chrono::steady_clock::now() + std::chrono::seconds{60};
        while (!is_stopped()) {
            if (std::chrono::steady_clock::now() > end) {
                go_on();
                throw std::runtime_error{"process " + std::to_string(process_) + " does not stop"};
            }
            std::this_thread::sleep_for(std::chrono::milliseconds{1});
        }
    }
    ~stopped_process() { go_on(); }
    stopped_process(const stopped_process&) = delete;
    stopped_process& operator=(const stopped_process&) = delete;

    void go_on() noexcept { ::kill(process_, SIGCONT); }

private:
    // Its threads' states stand behind their names, which are in parentheses.
    [[nodiscard]] bool is_stopped() const
    {
        for (const auto& thread : std::filesystem::directory_iterator{"/proc/" + std::to_string(process_) + "/task"}) {
            std::ifstream file{thread.path() / "stat"};
            const std::string text{std::istreambuf_iterator<char>{file}, {}};
            const std::size_t name_end = text.rfind(')');
            if (name_end == std::string::npos || !text.substr(name_end).starts_with(") T"))
                return false;
        }
        return true;
    }

    pid_t process_;
};

} // namespace steward::test
