// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/lab/subject.hpp>
#include <steward/steward.hpp>

#include <atomic>
#include <chrono>
#include <thread>

namespace steward::inline v0::lab {

/// A resource that costs nothing, so that what is measured is its pool.
struct session {
    std::atomic<bool> broken{false}; ///< from then on it is found invalid
};

/// The settings of `sessions`.
struct session_settings {
    std::chrono::nanoseconds create_time{}; ///< how long each create blocks
};

/// The adapter of `session`.
struct sessions {
    using settings = session_settings;
    using resource_type = session;

    explicit sessions(settings given) : settings_{given} {} ///< nothing to open

    [[nodiscard]] session create() const
    {
        if (settings_.create_time.count() != 0)
            std::this_thread::sleep_for(settings_.create_time);
        return {};
    }
    [[nodiscard]] static bool validate(const session& s) { return !s.broken.load(std::memory_order_relaxed); }

    settings settings_; ///< as they were given
};

/// The manager of the standard workloads.
using standard_manager =
    steward::manager<resource<"first", sessions>, resource<"second", sessions>, resource<"third", sessions>>;

/// Stands for the workloads that the lab itself has.
struct standard_workloads {};

} // namespace steward::inline v0::lab
