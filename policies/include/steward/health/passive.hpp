// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/health/known_health.hpp>
#include <steward/policy.hpp>

#include <algorithm>
#include <atomic>
#include <cstdint>

namespace steward::inline v0::health {

/// The holders say how they found the resource: `lease.report_success()`, `lease.report_failure()`.
///
/// Choose it where only use shows whether a service works. One failure makes it degraded, `Failures` in a row unhealthy,
/// a success healthy. Cost: nothing for a lease; a few instructions for a report.
template <std::uint32_t Failures = 3>
struct passive : policy {
    static_assert(Failures > 0, "steward::health::passive: Failures must be at least 1");

    struct per_resource {
        known_health known;
        std::atomic<std::uint32_t> failures{0};
    };

    static void on_tick(per_resource& r, time_point now) noexcept { r.known.set_time(now); }
    static void on_reported(per_resource& r, bool good) noexcept
    {
        if (good) {
            r.failures.store(0, std::memory_order_relaxed);
            r.known.set(resource_health::healthy, evidence::praised);
            return;
        }
        const std::uint32_t failures = r.failures.fetch_add(1, std::memory_order_relaxed) + 1;
        r.known.set(failures >= Failures ? resource_health::unhealthy : resource_health::degraded,
                    evidence::complained);
    }
    [[nodiscard]] static health_verdict report(const per_resource& r) noexcept { return r.known.get(); }
};

} // namespace steward::inline v0::health
