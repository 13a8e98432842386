// SPDX-License-Identifier: BSL-1.0
// What users feel: eight threads on a pool of two, sixteen on pools of four, sixteen and sixty-four. How much gets done,
// and how long the unlucky ones wait.

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
#include <string>
#include <thread>
#include <vector>

namespace {

using namespace benchmarks;
using std::chrono::steady_clock;

// Many short runs rather than few long ones: what else the machine does comes and goes within seconds.
constexpr auto run_time = std::chrono::milliseconds{250};
constexpr int repetitions = 25;

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

template <std::size_t Slots>
struct steward_pool {
    pool_of<pooling::bounded<0, Slots>> manager;
    template <class Hold>
    void use(Hold hold, steady_clock::time_point& got)
    {
        auto held = manager.template acquire<"db">();
        got = steady_clock::now();
        hold();
    }
};

template <std::size_t Slots>
struct soci_pool {
    soci::connection_pool pool{Slots};
    template <class Hold>
    void use(Hold hold, steady_clock::time_point& got)
    {
        const std::size_t held = pool.lease();
        got = steady_clock::now();
        hold();
        pool.give_back(held);
    }
};

template <std::size_t Slots>
struct hand_written_pool {
    mutex_pool<session> pool{Slots};
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
void crowd_on_few(benchmark::State& state)
{
    const auto threads = static_cast<std::size_t>(state.range(0));
    for (auto _ : state) {
        Pool pool;
        std::atomic<bool> stop{false};
        std::vector<waits> each(threads);
        for (waits& w : each)
            w.reserve(1 << 18);
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
void add(const std::string& name, int threads)
{
    benchmark::RegisterBenchmark(name.c_str(), &crowd_on_few<Pool, Hold>)
        ->Iterations(1)
        ->Repetitions(repetitions)
        ->UseManualTime()
        ->Arg(threads);
}

template <std::size_t Slots>
bool add_all(const std::string& kind, int threads)
{
    add<steward_pool<Slots>, blocking>("waiting/" + kind + "blocking/steward", threads);
    add<soci_pool<Slots>, blocking>("waiting/" + kind + "blocking/soci", threads);
    add<hand_written_pool<Slots>, blocking>("waiting/" + kind + "blocking/mutex", threads);
    add<steward_pool<Slots>, computing>("waiting/" + kind + "computing/steward", threads);
    add<soci_pool<Slots>, computing>("waiting/" + kind + "computing/soci", threads);
    add<hand_written_pool<Slots>, computing>("waiting/" + kind + "computing/mutex", threads);
    return true;
}

const bool added =
    add_all<2>("", 8) && add_all<4>("16_on_4/", 16) && add_all<16>("16_on_16/", 16) && add_all<64>("16_on_64/", 16);

} // namespace
