// SPDX-License-Identifier: BSL-1.0
#include "output/progress.hpp"

#include "common/numbers.hpp"

#include <fmt/format.h>

#include <cstdio>

#include <unistd.h>

namespace etl {

using examples::grouped;
using examples::per_second;

void progress::begin(std::size_t rows)
{
    const std::lock_guard lock{mutex_};
    shown_ = ::isatty(STDERR_FILENO) == 1;
    all_ = rows;
    done_ = 0;
    began_ = clock::now();
    if (shown_)
        show(began_);
}

void progress::add(std::size_t rows)
{
    const std::lock_guard lock{mutex_};
    done_ += rows;
    // Ten times a second: more could not be read, and a terminal is slow.
    if (const auto now = clock::now(); shown_ && now - last_ >= std::chrono::milliseconds{100})
        show(now);
}

void progress::end()
{
    const std::lock_guard lock{mutex_};
    if (shown_)
        fmt::print(stderr, "\r\033[K");
    shown_ = false;
}

void progress::show(clock::time_point now)
{
    last_ = now;
    fmt::print(stderr, "\r{} of {} rows ({} %), {} rows/s\033[K", grouped(done_), grouped(all_),
               all_ == 0 ? 100 : done_ * 100 / all_, grouped(per_second(done_, now - began_)));
    std::fflush(stderr);
}

} // namespace etl
