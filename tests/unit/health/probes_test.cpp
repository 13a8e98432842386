// SPDX-License-Identifier: BSL-1.0
#include "support/lockings.hpp"
#include "support/stop_point.hpp"

#include <thread>
#include <vector>

using namespace steward::test;
using namespace steward::literals;
using steward::errc;
using steward::resource_health;

namespace {

/// A circuit that one failure opens, and several threads that want a session.
template <class B>
class probes : public pool_fixture<B> {
public:
    const steward::time_point start = steward::clock::now() + 1s;

    auto make_broken(steward::pool_options options = {})
    {
        return this->template make_with<steward::health::circuit_breaker<1, 60_s>>(options);
    }
    void half_open(auto& manager)
    {
        manager.maintain(start);
        this->log.create_throws = true;
        EXPECT_EQ(code_of(manager.template try_acquire<"sessions">()), errc::create_failed);
        this->log.create_throws = false;
        manager.maintain(start + 60s);
    }
};
TYPED_TEST_SUITE(probes, each_threaded_locking, policy_names);

TYPED_TEST(probes, are_made_one_at_a_time)
{
    auto manager = this->make_broken();
    this->half_open(manager);
    stop_point creating;
    this->log.while_creating = [&] { creating.arrive(); };
    std::jthread probe{[&] { EXPECT_TRUE(manager.template try_acquire<"sessions">()); }};
    creating.await(1);
    EXPECT_EQ(code_of(manager.template try_acquire<"sessions">()), errc::circuit_open);
    creating.open();
    probe.join();
    EXPECT_EQ(creating.arrived(), 1);
    EXPECT_TRUE(manager.template try_acquire<"sessions">());
}

TYPED_TEST(probes, are_made_one_at_a_time_whatever_else_fails_meanwhile)
{
    auto manager = this->template make_with<
        steward::health::all<steward::health::circuit_breaker<1, 60_s>, steward::health::passive<1>>>();
    auto held = manager.template acquire<"sessions">();
    manager.maintain(this->start);
    held.report_failure();
    manager.maintain(this->start + 60s);
    stop_point creating;
    this->log.while_creating = [&] { creating.arrive(); };
    std::jthread probe{[&] { EXPECT_TRUE(manager.template try_acquire<"sessions">()); }};
    creating.await(1);
    held.report_failure(); // it opens again, for longer
    manager.maintain(this->start + 60s + 10min);
    EXPECT_EQ(code_of(manager.template try_acquire<"sessions">()), errc::circuit_open);
    creating.open();
    probe.join();
    EXPECT_EQ(creating.arrived(), 1);
    EXPECT_TRUE(manager.template try_acquire<"sessions">()) << "it went well";
}

TYPED_TEST(probes, are_one_of_those_who_come_at_once)
{
    auto manager = this->make_broken();
    this->half_open(manager);
    this->log.create_throws = true;
    std::atomic<int> tried{0}, refused{0};
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t != 4; ++t)
            threads.emplace_back([&] {
                const auto code = code_of(manager.template try_acquire<"sessions">());
                code == errc::create_failed ? ++tried : ++refused;
            });
    }
    EXPECT_EQ(tried, 1);
    EXPECT_EQ(refused, 3);
}

TYPED_TEST(probes, that_time_out_waiting_for_a_slot_let_another_try)
{
    auto manager = this->make_broken({.max_size = 1});
    manager.maintain(this->start);
    auto held = manager.template acquire<"sessions">();
    held.report_failure();
    manager.maintain(this->start + 60s);
    EXPECT_EQ(code_of(manager.template try_acquire<"sessions">(1ms)), errc::timed_out);
    EXPECT_EQ(manager.template health<"sessions">(), resource_health::degraded);
    held.release();
    EXPECT_TRUE(manager.template try_acquire<"sessions">(0ms));
    EXPECT_EQ(manager.template health<"sessions">(), resource_health::healthy);
}

TYPED_TEST(probes, that_are_cancelled_let_another_try)
{
    auto manager = this->make_broken({.max_size = 1});
    manager.maintain(this->start);
    auto held = manager.template acquire<"sessions">();
    held.report_failure();
    manager.maintain(this->start + 60s);
    std::stop_source stop;
    std::jthread probe{
        [&] { EXPECT_EQ(code_of(manager.template try_acquire<"sessions">(stop.get_token())), errc::cancelled); }};
    until_somebody_waits(manager);
    stop.request_stop();
    probe.join();
    held.release();
    EXPECT_TRUE(manager.template try_acquire<"sessions">(0ms));
}

/// When the circuit opens, those who wait already were admitted before.
template <class B>
using circuit_opens = probes<B>;
TYPED_TEST_SUITE(circuit_opens, each_threaded_locking, policy_names);

TYPED_TEST(circuit_opens, and_all_who_wait_learn_it_at_once_if_nothing_is_live)
{
    auto manager = this->make_broken({.max_size = 1});
    stop_point creating;
    this->log.create_throws = true;
    this->log.while_creating = [&] { creating.arrive(); };
    std::vector<std::jthread> threads;
    threads.emplace_back([&] { EXPECT_EQ(code_of(manager.template try_acquire<"sessions">()), errc::create_failed); });
    creating.await(1);
    for (int i = 0; i != 3; ++i)
        threads.emplace_back([&] {
            const auto refused = manager.template try_acquire<"sessions">();
            EXPECT_EQ(code_of(refused), errc::create_failed);
            EXPECT_TRUE(contains(refused.error().what(), "connection refused"));
        });
    until_somebody_waits(manager, 3);
    creating.open();
    threads.clear();
    EXPECT_EQ(creating.arrived(), 1);
}

TYPED_TEST(circuit_opens, and_those_who_wait_get_what_is_live)
{
    auto manager = this->make_broken({.max_size = 1});
    auto held = manager.template acquire<"sessions">();
    std::jthread waiting{[&] { EXPECT_EQ(manager.template acquire<"sessions">()->number, 1); }};
    until_somebody_waits(manager);
    held.report_failure();
    held.release();
}

TYPED_TEST(circuit_opens, and_those_who_wait_do_not_touch_the_adapter_one_after_another)
{
    auto manager = this->make_broken({.max_size = 2});
    auto held = manager.template acquire<"sessions">();
    stop_point creating;
    this->log.create_throws = true;
    this->log.while_creating = [&] { creating.arrive(); };
    std::vector<std::jthread> threads;
    threads.emplace_back([&] { EXPECT_EQ(code_of(manager.template try_acquire<"sessions">()), errc::create_failed); });
    creating.await(1);
    for (int i = 0; i != 3; ++i)
        threads.emplace_back([&] { static_cast<void>(manager.template try_acquire<"sessions">()); });
    until_somebody_waits(manager, 3);
    creating.open();
    wait_until([&] { return manager.template metrics<"sessions">().create_failures != 0; });
    held.release();
    threads.clear();
    EXPECT_EQ(creating.arrived(), 1) << "the circuit was open already";
}

} // namespace
