// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/resource_health.hpp>

#include <atomic>

namespace steward::health {

/// What the last validation or creation showed. Written only when it changes, so threads do not fight for its line.
class known_health {
public:
    void set(resource_health now) noexcept
    {
        if (value_.load(std::memory_order_relaxed) != now)
            value_.store(now, std::memory_order_relaxed);
    }
    [[nodiscard]] resource_health get() const noexcept { return value_.load(std::memory_order_relaxed); }

private:
    std::atomic<resource_health> value_{resource_health::unknown};
};

/// The hooks of the policies that validate: a good resource makes healthy, a bad one degraded (it is replaced), and
/// a failing creation unhealthy.
struct validating {
    static constexpr bool needs_validate = true;

    struct per_resource {
        known_health known;
    };

    static void on_created(per_resource& r) noexcept { r.known.set(resource_health::healthy); }
    static void on_create_failed(per_resource& r) noexcept { r.known.set(resource_health::unhealthy); }
    static void on_validated(per_resource& r, bool good) noexcept
    {
        r.known.set(good ? resource_health::healthy : resource_health::degraded);
    }
    [[nodiscard]] static resource_health report(const per_resource& r) noexcept { return r.known.get(); }
};

} // namespace steward::health
