// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/lockings.hpp"
#include "support/stop_point.hpp"

#include <atomic>

namespace steward::test {

/// Slots under a lock, slots without one, and slots that know their thread: what holds for these holds for the others.
using pools_that_differ = testing::Types<built_with<locking::mutex, pooling::bounded<0, 4>>,
                                         built_with<locking::lock_free, pooling::bounded<0, 4>>,
                                         built_with<locking::biased_after<1>, pooling::bounded<0, 4>>>;

/// Counts the sessions that are in creation or alive, and the most that there were.
class census {
public:
    void begin()
    {
        const int now = ++here_;
        int seen = most_;
        while (now > seen && !most_.compare_exchange_weak(seen, now)) {}
    }
    void end() { --here_; }

    [[nodiscard]] int most() const { return most_; }

private:
    std::atomic<int> here_{0}, most_{0};
};

} // namespace steward::test
