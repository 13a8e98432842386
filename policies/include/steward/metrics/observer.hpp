// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/policy.hpp>

#include <concepts>

namespace steward::inline v0::metrics {

/// Calls a function of yours for what happens off the fast path: created, retired, invalid, failed, timed out, unhealthy,
/// leaked; see `resource_event`. `F` is a function or a lambda without captures: `observer<&log_event>`.
///
/// Choose it for logs and tracing. It is called by the thread to which it happens, without any lock, and may call back
/// into the manager; what it throws is swallowed. Cost: nothing for a lease.
template <auto F>
struct observer : policy {
    static_assert(std::invocable<decltype(F), const resource_event&>,
                  "steward::metrics::observer: the function cannot be called with (const resource_event&)");

    static void on_event(const resource_event& event) noexcept
    {
        try {
            F(event);
        } catch (...) { // the event happened all the same
        }
    }
};

} // namespace steward::inline v0::metrics
