// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <cstddef>
#include <functional>
#include <stop_token>

namespace steward::inline v0 {

/// With how many inputs a `run_all` has dealt.
struct run_summary {
    std::size_t completed = 0; ///< their runs reached a final state
    std::size_t failed = 0;    ///< their runs did not
    bool stopped = false;      ///< the stop token was triggered: perhaps not all inputs were run

    /// How many runs have ended.
    [[nodiscard]] std::size_t total() const noexcept { return completed + failed; }
};

/// How a `run_all` goes about it.
struct run_all_options {
    std::size_t workers = 0; ///< threads, the caller's among them; 0: one for each processor
    bool ordered = false;    ///< outcomes in the order of the inputs
    std::stop_token stop{};  ///< takes no further input, and stops the runs that are under way
    std::function<void(const run_summary&)> progress{}; ///< told now and then how far it is, by one thread at a time
};

} // namespace steward::inline v0
