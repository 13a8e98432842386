// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/lab/subject.hpp>

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

namespace steward::inline v0::lab {

/// What one thread of a measurement saw; kept from one measurement to the next, so that the memory is there. On cache lines
/// of its own: threads that share none in the pool must not share one here.
struct alignas(128) thread_log {
    std::vector<std::uint32_t> waits; ///< ns from asking to having
    std::uint64_t leases = 0;         ///< those of use to their holder; others read it meanwhile
    std::uint64_t allocations = 0;

    /// More leases. Threads: its own.
    void add(std::uint64_t more) { std::atomic_ref{leases}.store(leases + more, std::memory_order_relaxed); }
};

/// One repetition while it runs.
struct measurement {
    subject& on;
    std::size_t threads;
    std::chrono::nanoseconds time;
    std::vector<thread_log>& logs; ///< one for each thread
    double leases_per_s = 0;       ///< what a workload finds, besides the logs
};

/// So many threads on so many slots.
struct crowd {
    std::size_t threads, slots;
};

struct workload {
    std::string_view name;
    void (*measure)(measurement&);
    std::vector<crowd> crowds;
    std::chrono::milliseconds time, quick_time; ///< of one repetition
    int quick_repetitions = 9;                  ///< many short ones say more than few long ones, where a lease is short
    bool is_about_waiting = false;              ///< health, metrics and ownership change nothing that could be seen
    bool changes_resources = false;             ///< so nobody else may hold what a holder breaks
    std::chrono::nanoseconds create_time{};
    bool is_own = false; ///< stands for that of a user
};

/// All workloads, in the order of reports.
[[nodiscard]] const std::vector<workload>& all_workloads();

/// A combination under a workload.
struct lab_case {
    const description* subject;
    const workload* what;
    crowd who;

    [[nodiscard]] std::string_view workload_name() const { return what->is_own ? subject->own_workload : what->name; }
};

/// Whether a combination has anything to say about a workload. A quick run leaves out what could not be seen anyway.
[[nodiscard]] bool suits(const lab_case& each, bool quick);

} // namespace steward::inline v0::lab
