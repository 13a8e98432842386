// SPDX-License-Identifier: BSL-1.0
#include "pools_that_differ.hpp"

#include <cstdint>
#include <thread>
#include <vector>

using namespace steward::test;
using steward::errc;

namespace {

// 13. Statistics add up: active, idle and size agree with the slots; hold times are real ones.
template <class B>
class invariant_13 : public pool_fixture<B> {
public:
    void expect_numbers(auto& manager, std::size_t active, std::size_t idle)
    {
        const auto status = manager.template status<"sessions">();
        EXPECT_EQ(status.active, active);
        EXPECT_EQ(status.available, idle);
        EXPECT_EQ(status.size, active + idle);
        EXPECT_EQ(status.size, static_cast<std::size_t>(this->log.live()));
        const auto metrics = manager.template metrics<"sessions">();
        EXPECT_EQ(metrics.active, active);
        EXPECT_EQ(metrics.available, idle);
        EXPECT_EQ(metrics.size, active + idle);
        EXPECT_EQ(metrics.acquisitions - metrics.releases, active);
        EXPECT_EQ(metrics.creations - metrics.retirements, metrics.size);
    }
};
TYPED_TEST_SUITE(invariant_13, pools_that_differ, policy_names);

TYPED_TEST(invariant_13, active_idle_and_size_agree_with_the_slots)
{
    auto manager = this->make({.max_lifetime = 100s});
    this->expect_numbers(manager, 0, 0);
    auto first = manager.template acquire<"sessions">();
    this->expect_numbers(manager, 1, 0);
    auto second = manager.template acquire<"sessions">();
    auto third = manager.template acquire<"sessions">();
    this->expect_numbers(manager, 3, 0);
    first.release();
    this->expect_numbers(manager, 2, 1);
    second.discard();
    this->expect_numbers(manager, 1, 1);
    EXPECT_TRUE(manager.template validate<"sessions">());
    this->expect_numbers(manager, 1, 1);
    this->log.create_throws = true;
    second = manager.template acquire<"sessions">();
    EXPECT_EQ(code_of(manager.template try_acquire<"sessions">()), errc::create_failed);
    this->expect_numbers(manager, 2, 0);
    second.release();
    manager.maintain(steward::clock::now() + 1000s);
    this->expect_numbers(manager, 1, 0);
    manager.close();
    this->expect_numbers(manager, 1, 0);
    third.release();
    this->expect_numbers(manager, 0, 0);
}

TYPED_TEST(invariant_13, what_the_adapter_is_at_work_on_is_neither_active_nor_idle)
{
    auto manager = this->make();
    stop_point at_work;
    this->log.while_creating = [&] { at_work.arrive(); };
    std::jthread creating{[&] { manager.template acquire<"sessions">().release(); }};
    at_work.await(1);
    this->expect_numbers(manager, 0, 0);
    at_work.let_pass(1);
    creating.join();
    this->expect_numbers(manager, 0, 1);
    this->log.while_resetting = [&] { at_work.arrive(); };
    std::jthread returning{[&] { manager.template acquire<"sessions">().release(); }};
    at_work.await(2);
    const auto seen = manager.template status<"sessions">();
    EXPECT_EQ(seen.size, 1U);
    EXPECT_EQ(seen.available, 0U);
    EXPECT_EQ(seen.active, 0U) << "its holder has released it";
    at_work.open();
}

TYPED_TEST(invariant_13, statistics_add_up_after_threads_did_everything_at_once)
{
    auto manager = this->template make_with<steward::health::on_borrow<>>({.max_size = 2});
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t != 3; ++t)
            threads.emplace_back([&, t] {
                for (int i = 0; i != 200; ++i)
                    if (auto lease = manager.template try_acquire<"sessions">(std::chrono::microseconds{i % 3 * 50})) {
                        (*lease)->broken = (i + t) % 5 == 0;
                        if (i % 7 == 0)
                            lease->discard();
                    }
            });
    }
    const auto seen = manager.template status<"sessions">();
    this->expect_numbers(manager, 0, seen.size);
    const auto totals = manager.template metrics<"sessions">();
    EXPECT_EQ(totals.acquisitions + totals.timeouts, 600U);
    EXPECT_EQ(totals.creations, static_cast<std::uint64_t>(this->log.created.load()));
}

/// Every lease is timed.
template <class B>
class invariant_13_hold_times : public testing::Test {
public:
    using sessions = steward::resource<"sessions", session_adapter, typename B::locking, typename B::pooling,
                                       steward::metrics::timed>;
    session_log log;
    steward::manager<sessions> manager{
        sessions::with(session_adapter::settings{log}, {.max_size = 1, .acquire_timeout = 10min}),
        steward::manual_housekeeping};

    steward::duration total() { return manager.template metrics<"sessions">().hold_time.total; }
    static void hold_for_a_while()
    {
        wait_until([until = steward::clock::now() + 1ms] { return steward::clock::now() >= until; });
    }
};
TYPED_TEST_SUITE(invariant_13_hold_times, pools_that_differ, policy_names);

TYPED_TEST(invariant_13_hold_times, hold_times_are_real_ones)
{
    steward::duration at_least{0}, at_most{0};
    for (const bool discards : {false, true}) {
        const auto before = steward::clock::now();
        auto lease = this->manager.template acquire<"sessions">();
        const auto from = steward::clock::now();
        this->hold_for_a_while();
        const auto until = steward::clock::now();
        discards ? lease.discard() : lease.release();
        at_least += until - from;
        at_most += steward::clock::now() - before;
    }
    const auto held = this->manager.template metrics<"sessions">().hold_time;
    EXPECT_EQ(held.count, 2U);
    EXPECT_GE(held.total, at_least);
    EXPECT_LE(held.total, at_most);
    EXPECT_GE(held.max, at_least / 2);
    EXPECT_LE(held.max, held.total);
}

TYPED_TEST(invariant_13_hold_times, the_time_of_waiting_is_no_hold_time)
{
    const auto first_from = steward::clock::now();
    auto first = this->manager.template acquire<"sessions">();
    std::jthread waiting{[&] { this->manager.template acquire<"sessions">().release(); }};
    until_somebody_waits(this->manager);
    this->hold_for_a_while();
    const auto second_from = steward::clock::now();
    first.release();
    const auto first_until = steward::clock::now();
    waiting.join();
    const auto second_until = steward::clock::now();
    EXPECT_LE(this->total(), (first_until - first_from) + (second_until - second_from));
}

} // namespace
