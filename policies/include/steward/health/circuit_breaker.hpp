// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <steward/detail/random_share.hpp>
#include <steward/health/known_health.hpp>
#include <steward/policy.hpp>

#include <algorithm>
#include <atomic>
#include <cstdint>

namespace steward::inline v0::health {

/// Lets callers fail at once while a resource cannot be created, and finds out by one probe at a time when it can again.
///
/// Closed: `Failures` creates in a row that fail (or reports of holders, who say so) open it; a success begins the count
/// anew. Open: everybody is refused with `errc::circuit_open`, without a look at the endpoint, for `Cooldown`.
/// Half-open: one caller is admitted as a probe; if he gets a resource the circuit closes, if its create fails it opens
/// again, for twice as long as before (at most 16 × Cooldown) less a random quarter, so that many processes do not come
/// back together. (M. Nygard, "Release It!", 2007.)
///
/// Choose it for services that can be down. Cost: one relaxed load for a lease. Time is the manager's tick.
template <std::uint32_t Failures = 5, time_span Cooldown = time_span{60'000'000'000}>
struct circuit_breaker : policy {
    static_assert(Failures > 0, "steward::health::circuit_breaker: Failures must be at least 1");
    static_assert(Cooldown.nanoseconds > 0, "steward::health::circuit_breaker: Cooldown must be more than zero");

    /// So that a cool-down is not noticed much later than it ends.
    static constexpr time_span tick_interval{Cooldown.nanoseconds / 16};

    /// What the circuit is.
    enum class circuit : std::uint32_t {
        closed,    ///< everybody is admitted
        opening,   ///< a thread opens it
        open,      ///< everybody is refused
        half_open, ///< the next one is a probe
        probing    ///< a probe is under way
    };

    struct per_resource {
        std::atomic<circuit> now{circuit::closed};
        std::atomic<std::uint32_t> failures{0};      ///< in a row
        std::atomic<std::uint32_t> openings{0};      ///< in a row
        std::atomic<duration::rep> tick{0}, ends{0}; ///< of the cool-down
        std::atomic<bool> tries{false};              ///< a probe is under way: no other before it has ended
        known_health known;                          ///< while it is closed
        known_health of_circuit;                     ///< while it is not: nobody who is late can say otherwise
    };

    [[nodiscard]] static bool admits_all(const per_resource& r) noexcept
    {
        return r.now.load(std::memory_order_relaxed) == circuit::closed;
    }

    [[nodiscard]] static admission admit(per_resource& r) noexcept
    {
        circuit seen = r.now.load(std::memory_order_acquire);
        if (seen == circuit::closed)
            return admission::granted;
        if (seen != circuit::half_open || r.tries.exchange(true))
            return admission::refused;
        if (r.now.compare_exchange_strong(seen, circuit::probing))
            return admission::probe;
        r.tries.store(false);
        return seen == circuit::closed ? admission::granted : admission::refused;
    }

    static void on_probe_ended(per_resource& r, bool good) noexcept
    {
        if (good)
            close(r, evidence::created);
        circuit seen = circuit::probing; // he found out nothing: somebody else may try
        r.now.compare_exchange_strong(seen, circuit::half_open);
        r.tries.store(false); // at last: the next one's circuit would be taken for this one's
    }

    static void on_tick(per_resource& r, time_point now) noexcept
    {
        r.known.set_time(now);
        r.of_circuit.set_time(now);
        r.tick.store(now.time_since_epoch().count(), std::memory_order_relaxed);
        circuit seen = circuit::open;
        if (r.now.load() == circuit::open && r.tick.load() >= r.ends.load() && !r.tries.load()
            && r.now.compare_exchange_strong(seen, circuit::half_open))
            r.of_circuit.set(resource_health::degraded, evidence::half_open);
    }

    static void on_created(per_resource& r) noexcept { succeeded(r, evidence::created); }
    static void on_create_failed(per_resource& r) noexcept { failed(r, evidence::create_failed); }
    static void on_reported(per_resource& r, bool good) noexcept
    {
        good ? succeeded(r, evidence::praised) : failed(r, evidence::complained);
    }

    [[nodiscard]] static health_verdict report(const per_resource& r) noexcept
    {
        const circuit seen = r.now.load();
        if (seen == circuit::closed)
            return r.known.get();
        health_verdict verdict = r.of_circuit.get();
        if (seen == circuit::open)
            verdict.retry_in = std::max(duration{r.ends.load() - r.tick.load()}, duration::zero());
        return verdict;
    }

private:
    // Only the probe closes a circuit that was open: another success may be of a time before.
    static void succeeded(per_resource& r, evidence what) noexcept
    {
        if (r.now.load() != circuit::closed)
            return;
        if (r.failures.load(std::memory_order_relaxed) != 0)
            r.failures.store(0, std::memory_order_relaxed);
        r.known.set(resource_health::healthy, what);
    }

    static void failed(per_resource& r, evidence what) noexcept
    {
        const circuit seen = r.now.load();
        if (seen == circuit::probing)
            return open(r, seen);
        if (seen != circuit::closed)
            return;
        if (r.failures.fetch_add(1, std::memory_order_relaxed) + 1 >= Failures)
            open(r, seen);
        else
            r.known.set(resource_health::degraded, what);
    }

    static void close(per_resource& r, evidence what) noexcept
    {
        r.failures.store(0, std::memory_order_relaxed);
        r.openings.store(0, std::memory_order_relaxed);
        r.known.set(resource_health::healthy, what);
        r.now.store(circuit::closed, std::memory_order_release);
    }

    // One of several who fail at once opens it. Who finds it open finds the end of its cool-down, too.
    static void open(per_resource& r, circuit from) noexcept
    {
        if (!r.now.compare_exchange_strong(from, circuit::opening))
            return;
        r.ends.store(r.tick.load() + cool_down(r.openings.fetch_add(1)).count());
        for (known_health* each : {&r.known, &r.of_circuit})
            each->set(resource_health::unhealthy, evidence::circuit_open);
        r.now.store(circuit::open);
    }

    [[nodiscard]] static duration cool_down(std::uint32_t openings) noexcept
    {
        const duration base{Cooldown};
        if (openings == 0)
            return base;
        const duration longer = base * (1 << std::min<std::uint32_t>(openings, 4));
        return longer - std::chrono::duration_cast<duration>(longer * (detail::random_share() / 4));
    }
};

} // namespace steward::inline v0::health
