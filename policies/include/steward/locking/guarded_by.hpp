// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/policy.hpp>
#include <steward/pool/slot_cell.hpp>

namespace steward::inline v0::locking {

/// Every claim and every return happens under one lock of the type that is given: anything with lock and unlock.
///
/// `mutex` and `spin` are made of it; use it to try a lock of your own. Threads that find no slot do not wait for
/// the lock: they sleep in the pool's queue, as with every locking policy.
template <detail::lockable Mutex>
struct guarded_by : policy {
    using mutex_type = Mutex;
    using cell = plain_cell;
    static constexpr bool guarded = true;
    static constexpr bool waits = true;
    static constexpr duration spin_time{};
    static void order_release() noexcept {} // the lock orders
    static void order_sleep() noexcept {}
};

} // namespace steward::inline v0::locking
