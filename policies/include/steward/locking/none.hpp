// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/policy.hpp>
#include <steward/pool/resource_core.hpp>
#include <steward/pool/slot_cell.hpp>

namespace steward::inline v0::locking {

/// No locking: the manager is used by one thread.
///
/// Choose it for a machine that runs on one thread; there is nobody to wait for, so an exhausted pool fails at once.
/// Cost: one comparison and one store to claim, and to give back.
struct none : policy {
    using mutex_type = detail::no_mutex;
    using cell = plain_cell;
    static constexpr bool guarded = false;
    static constexpr bool waits = false;
    static constexpr duration spin_time{};
    static void order_release() noexcept {}
    static void order_sleep() noexcept {}
};

} // namespace steward::inline v0::locking
