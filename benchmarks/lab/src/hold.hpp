// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <chrono>
#include <ctime>

namespace steward::inline v0::lab {

/// Work of the processor.
inline void compute(std::chrono::nanoseconds span)
{
    const auto end = std::chrono::steady_clock::now() + span;
    while (std::chrono::steady_clock::now() < end) {}
}

/// What a database does to its caller.
inline void block(std::chrono::nanoseconds span)
{
    const timespec time{0, static_cast<long>(span.count())};
    nanosleep(&time, nullptr);
}

} // namespace steward::inline v0::lab
