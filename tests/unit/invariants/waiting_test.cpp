// SPDX-License-Identifier: BSL-1.0
#include "pools_that_differ.hpp"
#include "sleepers.hpp"
#include "support/sanitizers.hpp"

#include <atomic>
#include <barrier>
#include <csignal>
#include <ctime>
#include <optional>
#include <pthread.h>
#include <stop_token>
#include <thread>
#include <vector>

using namespace steward::test;
using steward::errc;

namespace {

// 14. A grant and a cancellation (or time-out) of the same waiter cannot both win; a cancelled waiter passes its wake-up
// on; two releases in the moment in which two waiters are about to sleep wake both (bb8 #122, Boost.MySQL #509, SOCI).
template <class B>
class invariant_14 : public pool_fixture<B> {
public:
    static constexpr int rounds = 100;
};
TYPED_TEST_SUITE(invariant_14, pools_that_differ, policy_names);

TYPED_TEST(invariant_14, a_grant_and_a_cancellation_of_the_same_waiter_cannot_both_win)
{
    auto manager = this->make({.max_size = 1});
    for (int i = 0; i != this->rounds; ++i) {
        auto held = manager.template acquire<"sessions">();
        std::stop_source stop;
        std::barrier together{2};
        bool granted = false;
        errc refused{};
        std::jthread waiter{[&] {
            auto answer = manager.template try_acquire<"sessions">(stop.get_token());
            granted = answer.has_value();
            refused = granted ? errc{} : answer.error().code();
        }};
        until_somebody_waits(manager);
        std::jthread canceller{[&] {
            together.arrive_and_wait();
            stop.request_stop();
        }};
        together.arrive_and_wait();
        held.release();
        canceller.join();
        waiter.join();
        ASSERT_TRUE(granted || refused == errc::cancelled);
        ASSERT_EQ(manager.template status<"sessions">().available, 1U) << "the slot was lost or given twice";
        ASSERT_EQ(manager.template status<"sessions">().waiting, 0U);
    }
    const auto seen = manager.template metrics<"sessions">();
    EXPECT_EQ(seen.acquisitions + seen.failed_with(errc::cancelled), 2U * this->rounds);
    EXPECT_EQ(this->log.created, 1);
}

TYPED_TEST(invariant_14, a_grant_and_a_time_out_of_the_same_waiter_cannot_both_win)
{
    auto manager = this->make({.max_size = 1});
    std::uint64_t granted = 0, late = 0;
    for (int i = 0; i != this->rounds; ++i) {
        std::barrier together{2};
        std::jthread holder{[&] {
            const auto held = manager.template acquire<"sessions">();
            together.arrive_and_wait();
        }};
        together.arrive_and_wait();
        auto answer = manager.template try_acquire<"sessions">(std::chrono::microseconds{i % 40});
        answer ? ++granted : ++late;
        holder.join();
        ASSERT_EQ(manager.template status<"sessions">().active, answer ? 1U : 0U);
    }
    const auto seen = manager.template metrics<"sessions">();
    EXPECT_EQ(seen.acquisitions, granted + this->rounds);
    EXPECT_EQ(seen.timeouts, late);
    EXPECT_EQ(this->log.created, 1);
}

TYPED_TEST(invariant_14, a_waiter_who_was_cancelled_before_the_release_leaves_it_to_the_next)
{
    auto manager = this->make({.max_size = 1});
    auto held = manager.template acquire<"sessions">();
    std::stop_source stop;
    std::jthread first{
        [&] { EXPECT_EQ(code_of(manager.template try_acquire<"sessions">(stop.get_token())), errc::cancelled); }};
    until_somebody_waits(manager, 1);
    std::jthread second{[&] { EXPECT_TRUE(manager.template try_acquire<"sessions">()); }};
    until_somebody_waits(manager, 2);
    stop.request_stop();
    first.join();
    held.release();
}

TYPED_TEST(invariant_14, a_waiter_who_is_cancelled_passes_its_wake_up_on)
{
    auto manager = this->make({.max_size = 1});
    for (int i = 0; i != this->rounds; ++i) {
        auto held = manager.template acquire<"sessions">();
        std::stop_source stop;
        std::barrier together{2};
        std::jthread first{[&] { static_cast<void>(manager.template try_acquire<"sessions">(stop.get_token())); }};
        until_somebody_waits(manager, 1);
        std::jthread second{[&] { EXPECT_TRUE(manager.template try_acquire<"sessions">()); }};
        until_somebody_waits(manager, 2);
        std::jthread canceller{[&] {
            together.arrive_and_wait();
            stop.request_stop();
        }};
        together.arrive_and_wait();
        held.release(); // whoever was told of it, the second gets it in the end
    }
}

TYPED_TEST(invariant_14, a_waiter_who_times_out_passes_its_wake_up_on)
{
    auto manager = this->make({.max_size = 1});
    for (int i = 0; i != this->rounds; ++i) {
        auto held = manager.template acquire<"sessions">();
        std::jthread first{
            [&] { static_cast<void>(manager.template try_acquire<"sessions">(std::chrono::microseconds{200 + i})); }};
        std::jthread second{[&] { EXPECT_TRUE(manager.template try_acquire<"sessions">()); }};
        wait_until([&] { return manager.template status<"sessions">().waiting != 0; });
        held.release();
    }
}

TYPED_TEST(invariant_14, two_releases_in_the_moment_in_which_two_waiters_are_about_to_sleep_wake_both)
{
    auto manager = this->make({.max_size = 2});
    for (int i = 0; i != this->rounds; ++i) {
        std::optional one{manager.template acquire<"sessions">()};
        std::optional another{manager.template acquire<"sessions">()};
        std::barrier together{4};
        std::vector<std::jthread> threads;
        for (int w = 0; w != 2; ++w)
            threads.emplace_back([&] {
                together.arrive_and_wait();
                EXPECT_TRUE(manager.template try_acquire<"sessions">());
            });
        for (auto* lease : {&one, &another})
            threads.emplace_back([&, lease] {
                together.arrive_and_wait();
                lease->reset();
            });
    }
    EXPECT_EQ(this->log.created, 2);
}

TYPED_TEST(invariant_14, two_releases_wake_two_waiters_who_keep_what_they_get)
{
    auto manager = this->make({.max_size = 2});
    for (int i = 0; i != this->rounds; ++i) {
        std::optional one{manager.template acquire<"sessions">()};
        std::optional another{manager.template acquire<"sessions">()};
        std::barrier both_have_one{2};
        std::vector<std::jthread> waiting;
        for (int w = 0; w != 2; ++w)
            waiting.emplace_back([&] {
                const auto lease = manager.template acquire<"sessions">();
                both_have_one.arrive_and_wait(); // neither waits for the other to give back
            });
        until_somebody_waits(manager, 2);
        one.reset();
        another.reset();
    }
}

/// The same for those who never overtake and those who never sleep.
template <class Waiting>
class invariant_14_in_another_order
    : public pool_fixture<built_with<steward::locking::lock_free, steward::pooling::bounded<0, 4>>> {};
using orders = testing::Types<steward::waiting::first_come, steward::waiting::spinning>;
TYPED_TEST_SUITE(invariant_14_in_another_order, orders);

TYPED_TEST(invariant_14_in_another_order, whoever_wins_each_wait_ends_once_and_no_slot_is_lost)
{
    auto manager = this->template make_with<TypeParam>({.max_size = 1});
    for (int i = 0; i != 100; ++i) {
        auto held = manager.template acquire<"sessions">();
        std::stop_source stop;
        std::vector<std::jthread> threads;
        threads.emplace_back([&] { static_cast<void>(manager.template try_acquire<"sessions">(stop.get_token())); });
        threads.emplace_back(
            [&, i] { static_cast<void>(manager.template try_acquire<"sessions">(std::chrono::microseconds{i * 5})); });
        threads.emplace_back([&] { EXPECT_TRUE(manager.template try_acquire<"sessions">()); });
        wait_until([&] { return manager.template status<"sessions">().waiting != 0; });
        threads.emplace_back([&] { stop.request_stop(); });
        held.release();
    }
    const auto seen = manager.template metrics<"sessions">();
    EXPECT_EQ(seen.acquisitions + seen.timeouts + seen.failures, 400U);
    EXPECT_EQ(seen.failures, seen.failed_with(errc::cancelled));
    EXPECT_EQ(manager.template status<"sessions">().available, 1U);
    EXPECT_EQ(this->log.created, 1);
}

// 23. Waiting costs no processor time, and releasing never spins until a waiter wakes (HikariCP #2398).
template <class B>
class invariant_23 : public pool_fixture<B> {
public:
    sleeper sleeping;

    /// A thread that waits for the only session, which is lent.
    template <class Manager>
    std::jthread waiter(Manager& manager)
    {
        std::jthread thread{[&] {
            sleeping.am_here();
            EXPECT_TRUE(manager.template try_acquire<"sessions">());
        }};
        until_somebody_waits(manager);
        wait_until([&] { return sleeping.is_asleep(); });
        return thread;
    }
    static std::chrono::nanoseconds time_of(clockid_t clock)
    {
        timespec used{};
        clock_gettime(clock, &used);
        return std::chrono::seconds{used.tv_sec} + std::chrono::nanoseconds{used.tv_nsec};
    }
    static std::chrono::nanoseconds processor_time_of(std::jthread& thread)
    {
        clockid_t clock{};
        EXPECT_EQ(pthread_getcpuclockid(thread.native_handle(), &clock), 0);
        return time_of(clock);
    }
};
TYPED_TEST_SUITE(invariant_23, pools_that_differ, policy_names);

TYPED_TEST(invariant_23, waiting_costs_no_processor_time)
{
    auto manager = this->make({.max_size = 1});
    auto held = manager.template acquire<"sessions">();
    auto thread = this->waiter(manager);
    const auto before = this->processor_time_of(thread);
    const auto begin = this->time_of(CLOCK_PROCESS_CPUTIME_ID);
    wait_until([&] { return this->time_of(CLOCK_PROCESS_CPUTIME_ID) - begin > 10ms; }); // this thread works meanwhile
    EXPECT_EQ(this->processor_time_of(thread), before);
    EXPECT_TRUE(this->sleeping.is_asleep());
    held.release();
}

#ifndef STEWARD_TEST_SANITIZES_THREADS // which holds signals back from who sleeps in a system call that it does not know
std::atomic<bool> is_stuck{false}, may_go_on{false};

TYPED_TEST(invariant_23, releasing_does_not_wait_until_a_waiter_wakes)
{
    struct sigaction stuck{};
    stuck.sa_handler = [](int) {
        is_stuck = true;
        while (!may_go_on) {}
    };
    struct sigaction before{};
    sigaction(SIGUSR1, &stuck, &before);
    is_stuck = may_go_on = false;

    auto manager = this->make({.max_size = 1});
    auto held = manager.template acquire<"sessions">();
    auto thread = this->waiter(manager);
    pthread_kill(thread.native_handle(), SIGUSR1);
    wait_until([] { return is_stuck.load(); }); // it cannot wake, whatever anybody does
    held.release();                             // returns all the same
    may_go_on = true;
    thread.join();
    sigaction(SIGUSR1, &before, nullptr);
}
#endif

} // namespace
