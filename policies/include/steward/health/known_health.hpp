// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/resource_health.hpp>
#include <steward/time.hpp>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <string_view>

namespace steward::inline v0::health {

/// What showed how a resource is.
enum class evidence : std::uint8_t {
    none,          ///< nothing was seen
    created,       ///< a create succeeded
    create_failed, ///< a create failed
    validated,     ///< a validation succeeded
    invalid,       ///< a validation failed
    praised,       ///< a holder found it good
    complained,    ///< a holder found it bad
    circuit_open,  ///< a circuit breaker refuses
    half_open,     ///< a circuit breaker tries again
};

/// What showed it, in words: "a create failed"; empty for none.
[[nodiscard]] constexpr std::string_view to_string(evidence what) noexcept
{
    switch (what) {
    case evidence::none: return {};
    case evidence::created: return "a create succeeded";
    case evidence::create_failed: return "a create failed";
    case evidence::validated: return "a validation succeeded";
    case evidence::invalid: return "a validation failed";
    case evidence::praised: return "a holder found it good";
    case evidence::complained: return "a holder found it bad";
    case evidence::circuit_open: return "the circuit is open";
    case evidence::half_open: return "the circuit is half-open";
    }
    return {};
}

/// How a resource is, why, and since when: three values in one word, so that a reader gets those of one moment.
///
/// Written only when the health changes, so threads do not fight for its line.
class known_health {
public:
    /// Says the tick, for `since`.
    void set_time(time_point now) noexcept { now_.store(microseconds(now), std::memory_order_relaxed); }

    /// Says the health; where it is the same as before, reason and beginning stay.
    void set(resource_health health, evidence why) noexcept
    {
        const std::uint64_t before = word_.load(std::memory_order_relaxed);
        if (health_in(before) == health)
            return;
        const std::uint64_t since = now_.load(std::memory_order_relaxed);
        word_.store(since << 16 | static_cast<std::uint64_t>(why) << 8 | static_cast<std::uint64_t>(health),
                    std::memory_order_relaxed);
    }

    /// The health, why, and since when.
    [[nodiscard]] health_verdict get() const noexcept
    {
        const std::uint64_t word = word_.load(std::memory_order_relaxed);
        if (word == 0)
            return {};
        return {health_in(word), to_string(static_cast<evidence>(word >> 8 & 0xff)),
                time_point{std::chrono::microseconds{word >> 16}}};
    }

private:
    static std::uint64_t microseconds(time_point t) noexcept
    {
        using namespace std::chrono;
        return static_cast<std::uint64_t>(duration_cast<std::chrono::microseconds>(t.time_since_epoch()).count());
    }
    static resource_health health_in(std::uint64_t word) noexcept { return static_cast<resource_health>(word & 0xff); }

    std::atomic<std::uint64_t> word_{0}; ///< 48 bits of microseconds since the clock's epoch, evidence, health
    std::atomic<std::uint64_t> now_{0};  ///< the tick
};

/// The hooks of the policies that validate: a good resource makes healthy, a bad one degraded (it is replaced), and
/// a failing creation unhealthy.
struct validating {
    static constexpr bool needs_validate = true;

    struct per_resource {
        known_health known;
    };

    static void on_tick(per_resource& r, time_point now) noexcept { r.known.set_time(now); }
    static void on_created(per_resource& r) noexcept { r.known.set(resource_health::healthy, evidence::created); }
    static void on_create_failed(per_resource& r) noexcept
    {
        r.known.set(resource_health::unhealthy, evidence::create_failed);
    }
    static void on_validated(per_resource& r, bool good) noexcept
    {
        if (good)
            r.known.set(resource_health::healthy, evidence::validated);
        else
            r.known.set(resource_health::degraded, evidence::invalid);
    }
    [[nodiscard]] static health_verdict report(const per_resource& r) noexcept { return r.known.get(); }
};

} // namespace steward::inline v0::health
