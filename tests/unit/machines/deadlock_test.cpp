// SPDX-License-Identifier: BSL-1.0
#include "support/sanitizers.hpp"
#include "unit/machines/scene.hpp"

#include <atomic>
#include <thread>
#include <vector>

using namespace steward::test;
using steward::arc;
using steward::needs;

namespace deadlock_test {

struct nothing {};
void on_the_way(nothing&) {}

template <int Number, class Needs>
struct holding {
    using needs = Needs;
    static constexpr std::string_view name = std::string_view{"abc"}.substr(Number, 1);
    void operator()(nothing&, auto&) const
    {
        if (++times % 8 == 0)
            std::this_thread::yield(); // others come in between
    }
    static inline thread_local int times = 0;
};
template <class Whole, class First, class Second, class Third, class... Options>
struct three_states {
    using needs = Whole;
    using one = holding<0, First>;
    using two = holding<1, Second>;
    using three = holding<2, Third>;
    using states = steward::states<one, two, three>;
    using arcs = steward::arcs<arc<one, two, Options...>, arc<two, three>>;
};

// Resources that overlap in every way: kept, taken again in another order, held by the whole machine, taken on an arc.
using climbing = three_states<needs<>, needs<"a", "b">, needs<"b", "c">, needs<"c", "d">>;
using descending = three_states<needs<>, needs<"d", "c">, needs<"c", "b">, needs<"b", "a">>;
using growing = three_states<needs<>, needs<"d">, needs<"a", "d">, needs<"a", "b", "c", "d">>;
using held_all_the_time = three_states<needs<"a">, needs<"d", "b">, needs<"c">, needs<"b", "c", "d">>;
using on_an_arc =
    three_states<needs<>, needs<"c", "d">, needs<"d">, needs<"a">, needs<"b">, steward::transform<on_the_way>>;

class machines_that_share : public scene {};

TEST_F(machines_that_share, resources_of_which_there_is_one_never_wait_for_one_another)
{
#if defined(STEWARD_TEST_SANITIZES_ADDRESSES) || defined(STEWARD_TEST_SANITIZES_THREADS)
    constexpr int runs = 20'000;
#else
    constexpr int runs = 100'000;
#endif
    constexpr int workers = 16;
    std::atomic<int> completed{0}, left{runs};
    {
        std::vector<std::jthread> all;
        for (int worker = 0; worker != workers; ++worker)
            all.emplace_back([&, worker] {
                for (int n; (n = left--) > 0;) {
                    bool done = false;
                    switch ((n + worker) % 5) {
                    case 0: done = steward::run<climbing>(resources, nothing{}).completed; break;
                    case 1: done = steward::run<descending>(resources, nothing{}).completed; break;
                    case 2: done = steward::run<growing>(resources, nothing{}).completed; break;
                    case 3: done = steward::run<held_all_the_time>(resources, nothing{}).completed; break;
                    default: done = steward::run<on_an_arc>(resources, nothing{}).completed;
                    }
                    completed += done ? 1 : 0;
                }
            });
    }
    EXPECT_EQ(completed, runs);
    for (const auto& [name, metrics] : resources.metrics())
        EXPECT_EQ(metrics.timeouts, 0U) << name;
    expect_nothing_is_held();
}

} // namespace deadlock_test
