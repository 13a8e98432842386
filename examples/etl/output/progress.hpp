// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <chrono>
#include <cstddef>
#include <mutex>

namespace etl {

/// One line on the standard error that tells how far the job is; silent until it is begun, and where the standard
/// error is no terminal. Threads: any.
class progress {
public:
    /// Shows the line from now on, for a job of that many rows.
    void begin(std::size_t rows);
    /// So many rows more are done.
    void add(std::size_t rows);
    /// Removes the line.
    void end();

private:
    using clock = std::chrono::steady_clock;

    void show(clock::time_point now);

    std::mutex mutex_;
    bool shown_ = false;
    std::size_t all_ = 0, done_ = 0;
    clock::time_point began_, last_;
};

} // namespace etl
