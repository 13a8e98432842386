// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/caller.hpp>
#include <steward/time.hpp>
#include <steward/wait_limit.hpp>

#include <string>

namespace steward::inline v0::detail {

/// One call of acquire, as far as it is not served at once.
struct attempt {
    const caller& who;
    const wait_limit& limit;
    time_point start{};   ///< read when it first validates, waits or creates
    bool delayed = false; ///< by more than a validation that succeeded
    bool probes = false;  ///< the health policy admitted him for all others

    void begin() noexcept
    {
        if (start == time_point{})
            start = clock::now();
    }

    /// Whether its time has passed; who had no time to begin with does not wait, but may create.
    [[nodiscard]] bool too_late(duration standard) const noexcept
    {
        const time_point deadline = limit.deadline(start, standard);
        return deadline > start && clock::now() >= deadline;
    }

    /// `waited 12 ms`
    [[nodiscard]] std::string waited() const
    {
        const auto span = std::chrono::duration_cast<std::chrono::milliseconds>(clock::now() - start);
        return std::string{"waited "}.append(std::to_string(span.count())).append(" ms");
    }
};

} // namespace steward::inline v0::detail
