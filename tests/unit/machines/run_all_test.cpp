// SPDX-License-Identifier: BSL-1.0
#include "unit/machines/scene.hpp"

#include <atomic>
#include <numeric>
#include <ranges>
#include <set>
#include <sstream>
#include <thread>

using namespace steward::test;
using steward::arc;

namespace run_all_test {

struct item {
    int number = 0;
    int squared = 0;
};
struct square {
    using needs = steward::needs<"total">;
    void operator()(item& data, auto&) const
    {
        if (data.number % 10 == 3)
            throw refusal{"three"};
        data.squared = data.number * data.number;
    }
};
struct done {};
struct squaring {
    using states = steward::states<square, done>;
    using arcs = steward::arcs<arc<square, done>>;
};

constexpr auto items(int count)
{
    return std::views::iota(0, count) | std::views::transform([](int n) { return item{.number = n}; });
}

class many_inputs : public scene, public testing::WithParamInterface<std::size_t> {
public:
    [[nodiscard]] steward::run_all_options with_workers(bool ordered = false) const
    {
        return {.workers = GetParam(), .ordered = ordered};
    }
};
INSTANTIATE_TEST_SUITE_P(with_workers, many_inputs, testing::Values(1, 2, 5));

TEST_P(many_inputs, are_all_run_and_one_that_fails_hurts_no_other)
{
    std::set<int> seen;
    const auto summary =
        steward::run_all<squaring>(resources, items(1000), with_workers(), [&](const steward::outcome<item>& outcome) {
            EXPECT_TRUE(seen.insert(outcome.data.number).second) << "twice: " << outcome.data.number;
            EXPECT_EQ(outcome.completed, outcome.data.number % 10 != 3);
            EXPECT_EQ(outcome.error_message(), outcome.completed ? "" : "three");
        });
    EXPECT_EQ(seen.size(), 1000U);
    EXPECT_EQ(summary.completed, 900U);
    EXPECT_EQ(summary.failed, 100U);
    EXPECT_FALSE(summary.stopped);
    expect_nothing_is_held();
}

TEST_P(many_inputs, have_their_outcomes_told_in_their_order_on_demand)
{
    int expected = 0;
    steward::run_all<squaring>(resources, items(5000), with_workers(true),
                               [&](steward::outcome<item>&& outcome) { EXPECT_EQ(outcome.data.number, expected++); });
    EXPECT_EQ(expected, 5000);
}

TEST_P(many_inputs, are_counted_where_nobody_wants_their_outcomes)
{
    const auto summary = steward::run_all<squaring>(resources, items(1000), with_workers());
    EXPECT_EQ(summary.completed, 900U);
    EXPECT_EQ(summary.failed, 100U);
}

TEST_P(many_inputs, may_be_none)
{
    EXPECT_EQ(steward::run_all<squaring>(resources, items(0), with_workers()).total(), 0U);
}

TEST_P(many_inputs, may_come_from_a_range_that_can_be_read_once)
{
    std::istringstream text{"1 2 3 4 5"};
    const auto summary = steward::run_all<squaring>(
        resources, std::views::istream<int>(text) | std::views::transform([](int n) { return item{.number = n}; }),
        with_workers());
    EXPECT_EQ(summary.total(), 5U);
}

TEST_P(many_inputs, show_their_progress)
{
    std::size_t last = 0, calls = 0;
    auto options = with_workers();
    options.progress = [&](const steward::run_summary& so_far) {
        EXPECT_GT(so_far.total(), last);
        last = so_far.total();
        ++calls;
    };
    steward::run_all<squaring>(resources, items(1000), options);
    EXPECT_EQ(last, 1000U);
    EXPECT_GT(calls, 10U);
}

// Knows how many of its kind there are, and were at most.
struct living {
    explicit living(int n) : number{n} { count(1); }
    living(const living& other) : number{other.number} { count(1); }
    living(living&& other) noexcept : number{other.number} { count(1); }
    living& operator=(const living&) = default;
    ~living() { count(-1); }

    static void count(int change)
    {
        const int now = there += change;
        for (int seen = most; now > seen && !most.compare_exchange_weak(seen, now);) {}
    }

    int number;
    static inline std::atomic<int> there{0}, most{0};
};
struct nothing_to_do {};
struct passing {
    using states = steward::states<nothing_to_do>;
    using arcs = steward::arcs<>;
};
TEST_P(many_inputs, are_in_memory_only_as_long_as_they_are_needed)
{
    for (const int count : {10'000, 100'000}) {
        living::most = 0;
        int told = 0;
        steward::run_all<passing>(resources,
                                  std::views::iota(0, count) | std::views::transform([](int n) { return living{n}; }),
                                  with_workers(true), [&](const auto&) { ++told; });
        EXPECT_EQ(told, count);
        EXPECT_EQ(living::there, 0);
        EXPECT_LT(living::most, static_cast<int>(GetParam()) * 64 * 12) << "whatever the number of inputs is";
    }
}

TEST_P(many_inputs, end_early_when_they_are_stopped)
{
    std::stop_source stop;
    auto options = with_workers(true);
    options.stop = stop.get_token();
    std::size_t told = 0;
    const auto summary = steward::run_all<squaring>(resources, items(1'000'000), options, [&](const auto&) {
        if (++told == 10)
            stop.request_stop();
    });
    EXPECT_TRUE(summary.stopped);
    EXPECT_EQ(summary.total(), told);
    EXPECT_LT(told, 1'000'000U);
}

TEST_P(many_inputs, end_with_what_the_callback_throws)
{
    std::size_t told = 0;
    EXPECT_THROW(steward::run_all<squaring>(resources, items(1'000'000), with_workers(true),
                                            [&](const auto&) {
                                                if (++told == 10)
                                                    throw refusal{"enough"};
                                            }),
                 refusal);
    EXPECT_EQ(told, 10U) << "it is not called any more";
    expect_nothing_is_held();
}

TEST_P(many_inputs, end_with_what_their_range_throws)
{
    auto broken = std::views::iota(0, 1000) | std::views::transform([](int n) {
                      return n == 500 ? throw refusal{"unreadable"} : item{.number = n};
                  });
    EXPECT_THROW(steward::run_all<squaring>(resources, broken, with_workers()), refusal);
}

struct taking_turns {
    using needs = steward::needs<"a", "c">;
    void operator()(item& data, auto& held) const { data.squared = ++held["a"_r].number + ++held["c"_r].number; }
};
struct and_the_others {
    using needs = steward::needs<"c", "b">;
    void operator()(item&, auto& held) const { held["b"_r].number = held["c"_r].number; }
};
struct overlapping {
    using states = steward::states<taking_turns, and_the_others>;
    using arcs = steward::arcs<arc<taking_turns, and_the_others>>;
};
TEST_P(many_inputs, share_resources_of_which_there_is_one)
{
    const auto summary = steward::run_all<overlapping>(resources, items(500), with_workers());
    EXPECT_EQ(summary.completed, 500U);
    EXPECT_EQ(resources.acquire<"a">()->number, 1 + 500) << "it was the first session; two at once would lose a count";
    expect_nothing_is_held();
}

TEST(simple_machine, has_what_it_declares_and_runs_on_it)
{
    steward::simple_machine<squaring, scene_catalog> machine;
    static_assert(decltype(machine)::manager_type::size == 1);
    EXPECT_EQ(machine.process(item{.number = 5}).data.squared, 25);
    EXPECT_EQ(machine.process_all(items(100)).completed, 90U);
    auto execution = machine.start(item{.number = 2});
    EXPECT_TRUE(execution.step());
    EXPECT_EQ(execution.state(), "done");
    EXPECT_FALSE(execution.step());
    EXPECT_EQ(machine.resources().acquire<"total">()->value, 0);
}

TEST(simple_machine, is_built_from_settings_of_its_resources)
{
    using machine_type = steward::simple_machine<squaring, steward::catalog<only_one<"a">, shared_total>>;
    static_assert(std::same_as<machine_type::manager_type, steward::manager<steward::defaults<>, shared_total>>);
    machine_type machine{shared_total::with({.value = 7})};
    EXPECT_EQ(machine.resources().acquire<"total">()->value, 7);
}

} // namespace run_all_test
