// SPDX-License-Identifier: BSL-1.0
// What users feel: eight threads on a pool of two. How much gets done, and how long the unlucky ones wait.

#include "baselines.hpp"
#include "managers.hpp"

#include <benchmark/benchmark.h>
#include <soci/soci.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <ctime>
#include <thread>
#include <vector>

namespace {

using namespace benchmarks;
using std::chrono::steady_clock;

constexpr int threads = 8;
constexpr std::size_t slots = 2;
constexpr auto run_time = std::chrono::milliseconds{500};

/// A database would block its caller like this.
struct blocking {
    void operator()() const
    {
        constexpr timespec span{0, 100'000};
        nanosleep(&span, nullptr);
    }
};

struct computing {
    void operator()() const
    {
        const auto end = steady_clock::now() + std::chrono::microseconds{5};
        while (steady_clock::now() < end) {}
    }
};

struct steward_pool {
    pool_of<pooling::bounded<0, slots>> manager;
    template <class Hold>
    void use(Hold hold, steady_clock::time_point& got)
    {
        auto held = manager.acquire<"db">();
        got = steady_clock::now();
        hold();
    }
};

struct soci_pool {
    soci::connection_pool pool{slots};
    template <class Hold>
    void use(Hold hold, steady_clock::time_point& got)
    {
        const std::size_t held = pool.lease();
        got = steady_clock::now();
        hold();
        pool.give_back(held);
    }
};

struct hand_written_pool {
    mutex_pool<session> pool{slots};
    template <class Hold>
    void use(Hold hold, steady_clock::time_point& got)
    {
        session* const held = pool.acquire();
        got = steady_clock::now();
        hold();
        pool.release(held);
    }
};

// Each thread's waiting times in nanoseconds.
using waits = std::vector<std::uint32_t>;

template <class Pool, class Hold>
void work(Pool& pool, const std::atomic<bool>& stop, waits& out)
{
    while (!stop.load(std::memory_order_relaxed)) {
        const auto start = steady_clock::now();
        steady_clock::time_point got;
        pool.use(Hold{}, got);
        out.push_back(static_cast<std::uint32_t>((got - start).count()));
    }
}

template <class Pool, class Hold>
void eight_on_two(benchmark::State& state)
{
    for (auto _ : state) {
        Pool pool;
        std::atomic<bool> stop{false};
        std::vector<waits> each(threads);
        for (waits& w : each)
            w.reserve(1 << 19);
        {
            std::vector<std::jthread> crowd;
            for (waits& mine : each)
                crowd.emplace_back([&] { work<Pool, Hold>(pool, stop, mine); });
            std::this_thread::sleep_for(run_time);
            stop = true;
        }
        waits all;
        for (const waits& w : each)
            all.insert(all.end(), w.begin(), w.end());
        std::ranges::sort(all);
        const auto at = [&](double share) {
            return all[static_cast<std::size_t>(share * double(all.size() - 1))] / 1e3;
        };
        state.SetIterationTime(std::chrono::duration<double>{run_time}.count());
        state.counters["leases"] = static_cast<double>(all.size());
        state.counters["p50_us"] = at(0.5);
        state.counters["p99_us"] = at(0.99);
        state.counters["max_us"] = at(1.0);
    }
}

template <class Pool, class Hold>
void add(const char* name)
{
    benchmark::RegisterBenchmark(name, &eight_on_two<Pool, Hold>)->Iterations(1)->UseManualTime();
}

const bool added = [] {
    add<steward_pool, blocking>("waiting/blocking/steward");
    add<soci_pool, blocking>("waiting/blocking/soci");
    add<hand_written_pool, blocking>("waiting/blocking/mutex");
    add<steward_pool, computing>("waiting/computing/steward");
    add<soci_pool, computing>("waiting/computing/soci");
    add<hand_written_pool, computing>("waiting/computing/mutex");
    return true;
}();

} // namespace
