// SPDX-License-Identifier: BSL-1.0
#pragma once

/// @namespace steward::locking
/// Locking: how threads claim a slot. In all of them those who find none sleep in the same queue.
///
/// | policy | for | one lease costs |
/// | --- | --- | --- |
/// | `lock_free` (default) | everything | about one atomic exchange |
/// | `biased` | threads that keep to their slots | some plain loads and stores |
/// | `none` | one thread | two stores |
/// | `mutex` | comparison, tools | two lock/unlock pairs |
/// | `spin` | few threads, short leases | two lock/unlock pairs |
/// | `guarded_by<M>` | a lock of your own | two of its lock/unlock pairs |

#include <steward/locking/biased.hpp>
#include <steward/locking/guarded_by.hpp>
#include <steward/locking/lock_free.hpp>
#include <steward/locking/mutex.hpp>
#include <steward/locking/none.hpp>
#include <steward/locking/spin.hpp>
