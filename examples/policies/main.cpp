// SPDX-License-Identifier: BSL-1.0
// Which policies suit your workload? Measure: three combinations, four threads, two sessions, a few microseconds of work.
#include <steward/steward.hpp>

#include <chrono>
#include <cstdio>
#include <thread>
#include <vector>

using namespace std::chrono_literals;

struct session {
    long used = 0;
};
struct sessions { // in your program: the adapter that you will use
    struct settings {};
    using resource_type = session;
    explicit sessions(settings) {}
    static session create() { return {}; }
};

template <class... Policies>
void measure(const char* name)
{
    using resource = steward::resource<"db", sessions, steward::pooling::bounded<0, 2>, Policies...,
                                       steward::metrics::all<steward::metrics::counters, steward::metrics::histogram>>;
    steward::manager<resource> manager;
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i != 4; ++i)
            threads.emplace_back([&](const std::stop_token& stop) {
                while (!stop.stop_requested())
                    for (auto lease = manager.template acquire<"db">(); lease->used++ % 1000 != 0;) {}
            });
        std::this_thread::sleep_for(500ms);
    }
    const auto seen = manager.template metrics<"db">();
    std::printf("%-24s %10lu leases, held for %8ld ns at most in 99 of 100 cases, waited for up to %8ld us\n", name,
                seen.acquisitions, seen.hold_time.percentile(0.99).count(), seen.acquire_time.max.count() / 1000);
}

int main()
{
    measure<steward::locking::lock_free>("lock_free, overtaking");
    measure<steward::locking::lock_free, steward::waiting::first_come>("lock_free, first come");
    measure<steward::locking::mutex>("mutex, overtaking");
}
