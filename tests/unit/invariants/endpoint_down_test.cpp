// SPDX-License-Identifier: BSL-1.0
#include "pools_that_differ.hpp"

#include <atomic>
#include <latch>
#include <memory>
#include <set>
#include <thread>
#include <vector>

using namespace steward::test;
using namespace steward::literals;
using steward::errc;
using steward::resource_health;

namespace {

// 22. Behind a circuit breaker or max_creating, attempts at an endpoint that is down are limited, spread by jitter and led
// by one probe; recovery starts slowly (porsager #1180). The first cool-down is exact, later ones grow with jitter.
template <class B>
class invariant_22 : public testing::Test {
public:
    template <class... More>
    using sessions = steward::resource<"sessions", session_adapter, typename B::locking,
                                       steward::pooling::bounded<0, 8>, steward::metrics::counters, More...>;
    using behind_a_breaker = sessions<steward::health::circuit_breaker<2, 60_s>>;

    session_log log;
    std::atomic<int> attempts{0};
    stop_point creating;
    std::latch done{1};

    template <class Resource>
    auto make(steward::pool_options options = {})
    {
        options.acquire_timeout = 10min;
        return std::make_unique<steward::manager<Resource>>(Resource::with(session_adapter::settings{log}, options),
                                                            steward::manual_housekeeping);
    }

    /// The endpoint is down; each attempt at it is counted.
    void go_down()
    {
        log.create_throws = true;
        log.while_creating = [this] { ++attempts; };
    }
    /// The endpoint is up, but slow: a create stops until the test lets it pass.
    void come_up_slowly()
    {
        log.create_throws = false;
        log.while_creating = [this] { creating.arrive(); };
    }
    /// Threads that each take a session and keep it until the test is done.
    std::vector<std::jthread> takers(auto& manager, int number)
    {
        std::vector<std::jthread> threads;
        for (int i = 0; i != number; ++i)
            threads.emplace_back([&] {
                const auto lease = manager.template try_acquire<"sessions">();
                done.wait();
            });
        return threads;
    }
    /// Two failures open the circuit, and its cool-down is over.
    void go_down_until_half_open(auto& manager)
    {
        const auto start = steward::clock::now() + 1h;
        manager.maintain(start);
        go_down();
        for (int i = 0; i != 2; ++i)
            EXPECT_FALSE(manager.template try_acquire<"sessions">());
        manager.maintain(start + 60s);
    }
    void let_all_go()
    {
        creating.open();
        done.count_down();
    }
};
TYPED_TEST_SUITE(invariant_22, pools_that_differ, policy_names);

TYPED_TEST(invariant_22, behind_a_circuit_breaker_attempts_at_an_endpoint_that_is_down_are_limited)
{
    const auto manager = this->template make<typename TestFixture::behind_a_breaker>();
    this->go_down();
    for (int i = 0; i != 20; ++i)
        EXPECT_EQ(code_of(manager->template try_acquire<"sessions">()),
                  i < 2 ? errc::create_failed : errc::circuit_open);
    EXPECT_EQ(this->attempts, 2);
}

TYPED_TEST(invariant_22, behind_a_circuit_breaker_they_are_led_by_one_probe)
{
    const auto manager = this->template make<typename TestFixture::behind_a_breaker>();
    this->go_down_until_half_open(*manager);
    this->come_up_slowly();
    auto probe = this->takers(*manager, 1);
    this->creating.await(1);
    for (int i = 0; i != 5; ++i)
        EXPECT_EQ(code_of(manager->template try_acquire<"sessions">()), errc::circuit_open);
    EXPECT_EQ(this->creating.arrived(), 1);
    this->let_all_go();
    probe.clear();
    EXPECT_TRUE(manager->template try_acquire<"sessions">());
    EXPECT_EQ(manager->template health<"sessions">(), resource_health::healthy);
}

TYPED_TEST(invariant_22, behind_a_circuit_breaker_a_probe_that_fails_is_the_only_attempt_of_its_cool_down)
{
    const auto manager = this->template make<typename TestFixture::behind_a_breaker>();
    this->go_down_until_half_open(*manager);
    for (int i = 0; i != 5; ++i)
        EXPECT_FALSE(manager->template try_acquire<"sessions">());
    EXPECT_EQ(this->attempts, 3);
}

TYPED_TEST(invariant_22, behind_a_circuit_breaker_recovery_starts_slowly)
{
    const auto manager = this->template make<typename TestFixture::behind_a_breaker>();
    this->go_down_until_half_open(*manager);
    this->come_up_slowly();
    this->creating.let_pass(1);
    const auto probe = manager->template acquire<"sessions">();
    auto crowd = this->takers(*manager, 6);
    this->creating.await(3); // the probe, then two
    until_somebody_waits(*manager, 4);
    EXPECT_EQ(this->creating.inside(), 2);
    this->creating.let_pass(2);
    this->creating.await(7); // then four
    EXPECT_EQ(this->creating.inside(), 4);
    this->let_all_go();
}

TYPED_TEST(invariant_22, behind_max_creating_attempts_are_limited_and_led_by_one)
{
    const auto manager = this->template make<typename TestFixture::template sessions<>>({.max_creating = 4});
    this->go_down();
    EXPECT_EQ(code_of(manager->template try_acquire<"sessions">()), errc::create_failed);
    this->come_up_slowly();
    auto crowd = this->takers(*manager, 8);
    this->creating.await(1);
    until_somebody_waits(*manager, 7);
    EXPECT_EQ(this->creating.inside(), 1);
    this->let_all_go();
    crowd.clear();
    EXPECT_LE(this->creating.most(), 4);
}

TYPED_TEST(invariant_22, behind_max_creating_an_endpoint_that_is_down_sees_one_attempt_at_a_time)
{
    const auto manager = this->template make<typename TestFixture::template sessions<>>({.max_creating = 4});
    this->go_down();
    EXPECT_EQ(code_of(manager->template try_acquire<"sessions">()), errc::create_failed);
    this->come_up_slowly();
    this->log.create_throws = true;
    auto crowd = this->takers(*manager, 8);
    for (int attempt = 1; attempt != 8; ++attempt) {
        this->creating.await(attempt);
        until_somebody_waits(*manager, static_cast<std::size_t>(8 - attempt));
        this->creating.let_pass(1);
    }
    this->let_all_go();
    crowd.clear();
    EXPECT_EQ(this->creating.most(), 1);
}

TYPED_TEST(invariant_22, behind_max_creating_recovery_starts_slowly)
{
    const auto manager = this->template make<typename TestFixture::template sessions<>>({.max_creating = 4});
    this->go_down();
    EXPECT_EQ(code_of(manager->template try_acquire<"sessions">()), errc::create_failed);
    this->come_up_slowly();
    auto crowd = this->takers(*manager, 8);
    for (const int arrived : {1, 3, 7}) { // one, then two, then four
        this->creating.await(arrived);
        until_somebody_waits(*manager, static_cast<std::size_t>(8 - arrived));
        EXPECT_EQ(this->creating.inside(), (arrived + 1) / 2);
        this->creating.let_pass((arrived + 1) / 2);
    }
    this->let_all_go();
}

/// A circuit that opens with the first failure, and a clock that the test turns.
class cool_downs {
public:
    cool_downs()
    {
        log_.create_throws = true;
        manager_.maintain(now_);
    }

    void attempt_fails() { EXPECT_EQ(code_of(manager_.try_acquire<"sessions">()), errc::create_failed); }
    void expect_refused() { EXPECT_EQ(code_of(manager_.try_acquire<"sessions">()), errc::circuit_open); }
    void pass(steward::duration time) { manager_.maintain(now_ += time); }

    /// How long it takes until somebody may try again, to the tenth of a second.
    steward::duration length()
    {
        const auto from = now_;
        while (manager_.health<"sessions">() == resource_health::unhealthy)
            pass(100ms);
        return now_ - from;
    }

private:
    using sessions = steward::resource<"sessions", session_adapter, steward::health::circuit_breaker<1, 60_s>>;

    session_log log_;
    steward::time_point now_ = steward::clock::now() + 1h;
    steward::manager<sessions> manager_{sessions::with(session_adapter::settings{log_}), steward::manual_housekeeping};
};

TEST(invariant_22, the_first_cool_down_is_exact)
{
    cool_downs circuit;
    circuit.attempt_fails();
    circuit.pass(60s - 1ns);
    circuit.expect_refused();
    circuit.pass(1ns);
    circuit.attempt_fails();
}

TEST(invariant_22, later_cool_downs_grow)
{
    cool_downs circuit;
    circuit.attempt_fails();
    auto before = circuit.length();
    for (int i = 0; i != 4; ++i) {
        circuit.attempt_fails();
        const auto length = circuit.length();
        EXPECT_GT(length, before);
        before = length;
    }
}

TEST(invariant_22, later_cool_downs_are_spread_by_jitter)
{
    std::set<steward::duration> lengths;
    for (int i = 0; i != 20; ++i) {
        cool_downs circuit;
        circuit.attempt_fails();
        EXPECT_EQ(circuit.length(), 60s);
        circuit.attempt_fails();
        lengths.insert(circuit.length());
    }
    EXPECT_GT(lengths.size(), 2U) << "processes that saw it go down together do not come back together";
}

} // namespace
