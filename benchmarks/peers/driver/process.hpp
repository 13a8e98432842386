// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <chrono>
#include <string>

#include <sys/types.h>

namespace peers {

/// A peer's program, which answers each line with one line. Ended by the destructor. One thread at a time.
class process {
public:
    /// Starts a command of the shell. Throws std::system_error if not even the shell can be started.
    explicit process(const std::string& command);
    ~process();
    process(const process&) = delete;
    process& operator=(const process&) = delete;

    void write_line(const std::string& line);
    /// Throws std::runtime_error, saying why, if there is none within that time.
    [[nodiscard]] std::string read_line(std::chrono::milliseconds within);

private:
    pid_t child_ = -1;
    int to_ = -1, from_ = -1;
    std::string read_;
};

} // namespace peers
