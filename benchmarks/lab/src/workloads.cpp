// SPDX-License-Identifier: BSL-1.0
#include "workloads.hpp"

#include "hold.hpp"
#include "threads.hpp"

#include <steward/lab/session.hpp>

#include <barrier>
#include <thread>

namespace steward::inline v0::lab {

namespace {

using namespace std::chrono_literals;
using std::chrono::steady_clock;

/// Notes how long a lease was waited for, then holds it as `Hold` says.
template <class Hold>
class timed final : public use {
public:
    timed(thread_log& log, Hold hold) : log_{log}, hold_{hold} {}

    template <class Lend>
    void once(Lend lend)
    {
        asked_ = steady_clock::now();
        lend(*this);
    }

    after operator()(session& held) override
    {
        const auto waited = steady_clock::now() - asked_;
        if (log_.waits.size() < log_.waits.capacity()) // no allocation of ours is counted
            log_.waits.push_back(static_cast<std::uint32_t>(waited.count()));
        return hold_(held);
    }

private:
    thread_log& log_;
    Hold hold_;
    steady_clock::time_point asked_;
};

/// Leases one after the other until the time is over. `hold` returns what becomes of the resource.
template <class Hold>
void lend_each(measurement& r, Hold hold)
{
    on_threads(r, r.time, [&](const std::atomic<bool>& stop, thread_log& log) {
        timed each{log, [&, n = std::uint64_t{0}](session& s) mutable { return hold(s, log, n); }};
        while (!stop.load(std::memory_order_relaxed))
            each.once([&](use& what) { r.on.lend(what); });
    });
}

/// The same, and each lease is of use and does that.
template <class Work>
void work_with_each(measurement& r, Work work)
{
    lend_each(r, [work](session&, thread_log& log, std::uint64_t&) {
        log.add(1);
        work();
        return after::keep;
    });
}

/// Untimed loops for the throughput, then single leases for the times: a look at the clock takes longer than a lease.
void loops(measurement& r, void (subject::*repeat)(std::uint64_t), void (subject::*lend)(use&))
{
    on_threads(r, r.time * 3 / 4, [&](const std::atomic<bool>& stop, thread_log& log) {
        constexpr std::uint64_t times = 250;
        for (; !stop.load(std::memory_order_relaxed); log.add(times))
            (r.on.*repeat)(times);
    });
    const double leases_per_s = r.leases_per_s;
    std::vector<std::uint64_t> allocations;
    for (const thread_log& each : r.logs)
        allocations.push_back(each.allocations);
    on_threads(r, r.time / 4, [&](const std::atomic<bool>& stop, thread_log& log) {
        timed each{log, [](session&) { return after::keep; }};
        while (!stop.load(std::memory_order_relaxed))
            each.once([&](use& what) { (r.on.*lend)(what); });
    });
    for (std::size_t i = 0; i != allocations.size(); ++i)
        r.logs[i].allocations = allocations[i];
    r.leases_per_s = leases_per_s;
}

} // namespace

void hot_loop(measurement& r) { loops(r, &subject::repeat, &subject::lend); }
void several(measurement& r) { loops(r, &subject::repeat_several, &subject::lend_several); }

void short_hold(measurement& r)
{
    work_with_each(r, [] { compute(1us); });
}

void long_hold(measurement& r)
{
    work_with_each(r, [] { block(100us); });
}

void crowded_computing(measurement& r)
{
    work_with_each(r, [] { compute(5us); });
}

void slow_create(measurement& r)
{
    lend_each(r, [](session&, thread_log& log, std::uint64_t& n) {
        log.add(1);
        compute(1us);
        return ++n % 100 == 0 ? after::discard : after::keep;
    });
}

void flapping(measurement& r)
{
    lend_each(r, [](session& s, thread_log& log, std::uint64_t& n) {
        if (s.broken.load(std::memory_order_relaxed))
            return after::discard; // nobody had looked: this lease was of no use
        log.add(1);
        if (++n % 10 == 0)
            s.broken.store(true, std::memory_order_relaxed);
        return after::keep;
    });
}

void bursts(measurement& r)
{
    constexpr auto rest = 1ms;
    auto rounds = r.time / (2 * rest);
    bool over = false; // written while all threads are at the barrier
    steady_clock::time_point began;
    std::vector<double> rates; // of each burst
    const auto threads = static_cast<std::ptrdiff_t>(r.threads);
    rates.reserve(static_cast<std::size_t>(rounds));
    std::barrier all_ask{threads, [&]() noexcept { began = steady_clock::now(); }};
    std::barrier all_have_done{threads, [&]() noexcept {
                                   const std::chrono::duration<double> span = steady_clock::now() - began;
                                   rates.push_back(static_cast<double>(threads) / span.count());
                                   over = --rounds <= 0;
                               }};
    {
        std::vector<std::jthread> all;
        for (std::size_t i = 0; i != r.threads; ++i)
            all.emplace_back([&, i] {
                thread_log& log = r.logs[i];
                timed each{log, [&](session&) {
                               log.add(1);
                               block(100us);
                               return after::keep;
                           }};
                const std::uint64_t before = allocations_of_this_thread();
                while (!over) {
                    block(rest);
                    all_ask.arrive_and_wait();
                    each.once([&](use& what) { r.on.lend(what); });
                    all_have_done.arrive_and_wait();
                }
                log.allocations = allocations_of_this_thread() - before;
            });
    }
    r.leases_per_s = median(std::move(rates));
}

void own(measurement& r)
{
    on_threads(r, r.time, [&](const std::atomic<bool>& stop, thread_log& log) {
        while (!stop.load(std::memory_order_relaxed)) {
            const auto began = steady_clock::now();
            r.on.repeat(1);
            const auto span = steady_clock::now() - began;
            log.add(1);
            if (log.waits.size() < log.waits.capacity())
                log.waits.push_back(static_cast<std::uint32_t>(span.count()));
        }
    });
}

} // namespace steward::inline v0::lab
