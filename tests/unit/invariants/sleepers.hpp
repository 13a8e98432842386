// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <atomic>
#include <fstream>
#include <string>
#include <unistd.h>

namespace steward::test {

/// Shows to others whether a thread sleeps in the kernel.
class sleeper {
public:
    /// The thread itself says so, before it does what it may sleep in.
    void am_here() { number_ = gettid(); }

    [[nodiscard]] bool is_asleep() const
    {
        std::ifstream file{"/proc/self/task/" + std::to_string(number_) + "/stat"};
        std::string words;
        std::getline(file, words);
        const auto behind_the_name = words.rfind(')');
        return behind_the_name != std::string::npos && words.substr(behind_the_name + 2, 1) == "S";
    }

private:
    std::atomic<pid_t> number_{0};
};

} // namespace steward::test
