// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/locking/guarded_by.hpp>

#include <mutex>

namespace steward::inline v0::locking {

/// A std::mutex around each claim and each return.
///
/// Choose it to compare with, or where a tool must see every lock. Cost: two lock and unlock pairs for a lease;
/// threads that use different slots still meet at the lock.
struct mutex : guarded_by<std::mutex> {};

} // namespace steward::inline v0::locking
