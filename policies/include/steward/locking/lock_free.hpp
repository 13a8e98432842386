// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/detail/asymmetric_fence.hpp>
#include <steward/policy.hpp>
#include <steward/pool/slot_cell.hpp>

#include <mutex>

namespace steward::inline v0::locking {

/// Each slot is claimed by one compare-exchange on its own cache line and freed by a plain store. The default.
///
/// Choose it unless there is a reason not to: threads that use different slots share no line. Cost: little more than
/// one uncontended atomic exchange for a lease. Those who have to wait pay for the fence that releases do without.
struct lock_free : policy {
    using mutex_type = std::mutex; // of the queue of waiters
    using cell = atomic_cell;
    static constexpr bool guarded = false;
    static constexpr bool waits = true;
    static constexpr duration spin_time{};
    static void order_release() noexcept { detail::asymmetric_fence::light(); }
    static void order_sleep() noexcept { detail::asymmetric_fence::heavy(); }
};

} // namespace steward::inline v0::locking
