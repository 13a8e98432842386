// SPDX-License-Identifier: BSL-1.0
#pragma once

#include "support/seed.hpp"

#include <steward/adapter.hpp>

#include <atomic>
#include <cstdint>
#include <stdexcept>
#include <thread>

namespace steward::test {

/// Random numbers of a thread's own, from the seed of the test and from how many threads there were before.
[[nodiscard]] inline std::uint64_t random_number()
{
    static std::atomic<std::uint64_t> threads{0};
    thread_local std::uint64_t state = seed() + (++threads << 32);
    std::uint64_t x = state += 0x9e3779b97f4a7c15; // splitmix64
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
    x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
    return x ^ (x >> 31);
}
[[nodiscard]] inline bool chance(unsigned percent) { return random_number() % 100 < percent; }

/// What an adapter in trouble did, and whether there is trouble at all. It outlives the manager.
struct trouble {
    std::atomic<bool> on{true};
    std::atomic<int> there{0}; ///< creations in flight and resources
    std::atomic<int> most{0};  ///< of them at once
    std::atomic<std::uint64_t> created{0}, not_created{0}, found_bad{0}, gone{0};

    [[nodiscard]] bool strikes(unsigned percent) const { return on && chance(percent); }

    void begin()
    {
        const int now = ++there;
        int seen = most;
        while (now > seen && !most.compare_exchange_weak(seen, now)) {}
    }
    void end() { --there; }
};

/// Its `uses` are written without a lock, so two holders at once are a race.
struct troubled {
    explicit troubled(trouble& t) : of{&t}, broken{t.strikes(5)} { ++of->created; }
    ~troubled()
    {
        ++of->gone;
        of->end();
    }
    troubled(const troubled&) = delete;
    troubled& operator=(const troubled&) = delete;

    trouble* of;
    bool broken;
    std::uint64_t uses = 0;
};

/// Everything that it does may throw or take a while, and what it creates may be broken.
class troubled_adapter {
public:
    struct settings {
        trouble* of;
    };
    using resource_type = troubled;

    explicit troubled_adapter(settings s) : of_{s.of} {}

    troubled create()
    {
        of_->begin();
        take_a_while();
        if (of_->strikes(8)) {
            ++of_->not_created;
            of_->end();
            throw std::runtime_error{"connection refused"};
        }
        return troubled{*of_};
    }
    bool validate(const troubled& t)
    {
        take_a_while();
        if (t.broken) {
            ++of_->found_bad;
            return false;
        }
        if (of_->strikes(3)) {
            ++of_->found_bad;
            throw std::runtime_error{"validation failed"};
        }
        return true;
    }
    void reset(troubled& t)
    {
        take_a_while();
        ++t.uses;
        if (of_->strikes(3))
            throw std::runtime_error{"reset failed"};
    }
    void destroy(troubled& t)
    {
        take_a_while();
        ++t.uses;
        if (of_->strikes(3))
            throw std::runtime_error{"destroy failed"};
    }

private:
    void take_a_while() const
    {
        if (of_->strikes(10))
            for (std::uint64_t n = random_number() % 8; n != 0; --n)
                std::this_thread::yield();
    }

    trouble* of_;
};
static_assert(steward::adapter<troubled_adapter>);

} // namespace steward::test
