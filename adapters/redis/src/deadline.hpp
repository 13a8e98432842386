// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/time.hpp>

#include <algorithm>
#include <chrono>

#include <poll.h>

namespace steward::inline v0::adapters::detail {

/// Waits until a socket is ready for one of the events; false if that was not before the deadline.
[[nodiscard]] inline bool wait_until_ready(int socket, short events, time_point deadline)
{
    static constexpr std::chrono::milliseconds most = std::chrono::hours{24}; // what poll takes is an int
    for (;;) {
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(
            std::clamp<time_point::duration>(deadline - clock::now(), time_point::duration::zero(), most));
        pollfd watched{socket, events, 0};
        if (::poll(&watched, 1, static_cast<int>(left.count())) > 0)
            return true;
        if (clock::now() >= deadline) // also where a signal has ended the wait
            return false;
    }
}

} // namespace steward::inline v0::adapters::detail
