// SPDX-License-Identifier: BSL-1.0
#include "support/pool_fixture.hpp"

#include <atomic>
#include <barrier>
#include <ctime>
#include <string>
#include <thread>
#include <vector>

using namespace steward::test;
using steward::errc;

namespace {

/// Processor time that this thread has used.
std::chrono::nanoseconds processor_time()
{
    timespec used{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &used);
    return std::chrono::seconds{used.tv_sec} + std::chrono::nanoseconds{used.tv_nsec};
}

template <class B>
class pool_waiting : public pool_fixture<B> {
public:
    template <class Manager>
    static void until_somebody_waits(Manager& manager, std::size_t number = 1)
    {
        wait_until([&] { return manager.template status<"sessions">().waiting == number; });
    }
};
TYPED_TEST_SUITE(pool_waiting, on_many_threads, policy_names);

TYPED_TEST(pool_waiting, ends_when_a_lease_comes_back)
{
    auto manager = this->make({.max_size = 1});
    auto lease = manager.template acquire<"sessions">();
    std::jthread waiting{[&] { EXPECT_EQ(manager.template acquire<"sessions">()->number, 1); }};
    this->until_somebody_waits(manager);
    lease.release();
}

TYPED_TEST(pool_waiting, ends_when_a_lease_is_discarded)
{
    auto manager = this->make({.max_size = 1});
    auto lease = manager.template acquire<"sessions">();
    std::jthread waiting{[&] { EXPECT_EQ(manager.template acquire<"sessions">()->number, 2); }};
    this->until_somebody_waits(manager);
    lease.discard();
}

TYPED_TEST(pool_waiting, ends_when_what_comes_back_is_too_old)
{
    auto manager = this->make({.max_size = 1, .max_lifetime = 10s});
    auto lease = manager.template acquire<"sessions">();
    std::jthread waiting{[&] { EXPECT_EQ(manager.template acquire<"sessions">()->number, 2); }};
    this->until_somebody_waits(manager);
    manager.maintain(steward::clock::now() + 100s);
    lease.release();
}

TYPED_TEST(pool_waiting, ends_when_what_comes_back_cannot_be_reset)
{
    auto manager = this->make({.max_size = 1});
    auto lease = manager.template acquire<"sessions">();
    std::jthread waiting{[&] { EXPECT_EQ(manager.template acquire<"sessions">()->number, 2); }};
    this->until_somebody_waits(manager);
    this->log.reset_throws = true;
    lease.release();
}

TYPED_TEST(pool_waiting, ends_when_the_pool_grows)
{
    auto manager = this->make({.max_size = 1});
    auto lease = manager.template acquire<"sessions">();
    std::jthread waiting{[&] { EXPECT_EQ(manager.template acquire<"sessions">()->number, 2); }};
    this->until_somebody_waits(manager);
    manager.template resize<"sessions">({.max_size = 2});
}

TYPED_TEST(pool_waiting, ends_when_the_pool_is_resumed)
{
    auto manager = this->make();
    manager.template suspend<"sessions">();
    std::jthread waiting{[&] { EXPECT_EQ(manager.template acquire<"sessions">()->number, 1); }};
    this->until_somebody_waits(manager);
    manager.template resume<"sessions">();
}

TYPED_TEST(pool_waiting, ends_for_all_when_the_pool_is_closed)
{
    auto manager = this->make({.max_size = 1});
    auto lease = manager.template acquire<"sessions">();
    std::vector<std::jthread> waiting;
    for (int i = 0; i != 3; ++i)
        waiting.emplace_back([&] { EXPECT_EQ(code_of(manager.template try_acquire<"sessions">()), errc::closed); });
    this->until_somebody_waits(manager, 3);
    manager.close();
    waiting.clear();
    EXPECT_EQ(manager.template metrics<"sessions">().failures, 3U);
    EXPECT_EQ(this->log.created, 1);
}

TYPED_TEST(pool_waiting, ends_at_the_deadline_and_leaves_the_queue)
{
    auto manager = this->make({.max_size = 1});
    auto lease = manager.template acquire<"sessions">();
    const auto start = steward::clock::now();
    const auto refused = manager.template try_acquire<"sessions">(2ms);
    EXPECT_GE(steward::clock::now() - start, 2ms);
    EXPECT_EQ(code_of(refused), errc::timed_out);
    EXPECT_EQ(manager.template status<"sessions">().waiting, 0U);
    EXPECT_EQ(manager.template metrics<"sessions">().timeouts, 1U);
    lease.release();
    EXPECT_TRUE(manager.template try_acquire<"sessions">(0ms));
}

TYPED_TEST(pool_waiting, costs_no_processor_time)
{
    auto manager = this->make({.max_size = 1});
    auto lease = manager.template acquire<"sessions">();
    const auto before = processor_time();
    EXPECT_FALSE(manager.template try_acquire<"sessions">(200ms));
    EXPECT_LT(processor_time() - before, 50ms) << "it was awake instead of asleep";
}

TYPED_TEST(pool_waiting, is_not_prolonged_by_validations_that_fail_meanwhile)
{
    auto manager = this->template make_with<steward::health::on_borrow<>>({.max_size = 1});
    auto lease = manager.template acquire<"sessions">();
    lease->broken = true;
    this->log.create_throws = true;
    std::jthread waiting{[&] {
        const auto refused = manager.template try_acquire<"sessions">(10min);
        EXPECT_EQ(code_of(refused), errc::create_failed) << "it does not go back to waiting";
        EXPECT_TRUE(contains(refused.error().what(), "in place of an invalid one"));
    }};
    this->until_somebody_waits(manager);
    lease.release();
}

TYPED_TEST(pool_waiting, gets_the_place_of_a_creation_that_failed)
{
    auto manager = this->make({.max_size = 1});
    std::atomic<bool> first_is_creating{false}, go{false};
    this->log.while_creating = [&] {
        if (first_is_creating.exchange(true))
            return;
        wait_until([&] { return go.load(); });
        throw std::runtime_error{"the first one fails"};
    };
    std::jthread first{[&] { EXPECT_EQ(code_of(manager.template try_acquire<"sessions">()), errc::create_failed); }};
    wait_until([&] { return first_is_creating.load(); });
    std::jthread second{[&] { EXPECT_EQ(manager.template acquire<"sessions">()->number, 1); }};
    this->until_somebody_waits(manager);
    go = true;
}

TYPED_TEST(pool_waiting, while_suspended_ends_at_the_deadline)
{
    auto manager = this->make();
    manager.template suspend<"sessions">();
    EXPECT_EQ(code_of(manager.template try_acquire<"sessions">(2ms)), errc::suspended);
}

TYPED_TEST(pool_waiting, says_when_all_holders_wait_themselves)
{
    auto manager = this->make({.max_size = 1});
    auto owner = manager.owner("load", 1);
    owner.template acquire<"sessions">();
    const steward::detail::waiting_owner elsewhere{owner.id()};
    const auto refused = manager.template try_acquire<"sessions">(1ms);
    ASSERT_FALSE(refused);
    EXPECT_TRUE(contains(refused.error().what(), "all of the holders are waiting themselves"));
}

TYPED_TEST(pool_waiting, of_two_owners_for_each_other_is_named_a_deadlock)
{
    auto manager = this->make({.max_size = 2});
    auto first = manager.owner("load", 1);
    first.template acquire<"sessions">();
    std::jthread other{[&] {
        auto second = manager.owner("load", 2);
        second.template acquire<"sessions">();
        auto more_of_second = manager.owner("load", 2);
        EXPECT_TRUE(more_of_second.template try_acquire<"sessions">());
    }};
    this->until_somebody_waits(manager);
    auto more_of_first = manager.owner("load", 1);
    const auto refused = more_of_first.template try_acquire<"sessions">(1ms);
    ASSERT_FALSE(refused);
    EXPECT_TRUE(contains(refused.error().what(), "all of the holders are waiting themselves"));
    first.release_all();
}

TYPED_TEST(pool_waiting, is_not_needed_while_somebody_creates_below_max_size)
{
    auto manager = this->make({.max_size = 2});
    std::atomic<bool> go{false};
    this->log.while_creating = [&] {
        if (this->log.created == 0 && !go.exchange(true)) {
            auto other = manager.template try_acquire<"sessions">(0ms); // while the first is being created
            EXPECT_TRUE(other);
        }
    };
    EXPECT_TRUE(manager.template try_acquire<"sessions">(0ms));
    EXPECT_EQ(this->log.created, 2);
}

TYPED_TEST(pool_waiting, is_not_needed_while_the_adapter_hangs_with_another_slot)
{
    for (auto session_log::* const hook : {&session_log::while_creating, &session_log::while_validating,
                                           &session_log::while_resetting, &session_log::while_destroying}) {
        session_log session_state;
        using resource = typename TestFixture::template resource_with<steward::health::on_borrow<>>;
        std::atomic<bool> hangs{false}, go{false};
        steward::manager<resource> manager{resource::with(session_adapter::settings{session_state}, {.max_size = 2}),
                                           steward::manual_housekeeping};
        auto lease = manager.template acquire<"sessions">();
        lease->broken = hook == &session_log::while_destroying; // found out when it is borrowed next, and destroyed
        lease.release();
        if (hook == &session_log::while_creating)
            manager.template acquire<"sessions">().discard();
        session_state.*hook = [&] {
            if (!hangs.exchange(true))
                wait_until([&] { return go.load(); });
        };
        std::jthread stuck{[&] { auto mine = manager.template acquire<"sessions">(); }};
        wait_until([&] { return hangs.load(); });
        EXPECT_TRUE(manager.template try_acquire<"sessions">(0ms));
        go = true;
    }
}

TYPED_TEST(pool_waiting, never_lets_more_live_than_max_size)
{
    std::atomic<int> places{0}, most{0}; // in creation or alive
    auto manager = this->template make_with<steward::health::on_borrow<>>({.max_size = 2});
    this->log.while_creating = [&] {
        const int now = ++places;
        int seen = most;
        while (now > seen && !most.compare_exchange_weak(seen, now)) {}
        std::this_thread::yield();
    };
    this->log.while_destroying = [&] { --places; };
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t != 4; ++t)
            threads.emplace_back([&, t] {
                for (int i = 0; i != 300; ++i) {
                    auto lease = manager.template acquire<"sessions">();
                    lease->broken = (i + t) % 3 == 0;
                    if ((i + t) % 7 == 0)
                        lease.discard();
                }
            });
    }
    EXPECT_LE(most, 2);
    EXPECT_EQ(manager.template metrics<"sessions">().acquisitions, 1'200U);
    EXPECT_EQ(manager.template metrics<"sessions">().releases, 1'200U);
}

TYPED_TEST(pool_waiting, loses_nobody_and_nothing_under_load)
{
    auto manager = this->make({.max_size = 2});
    std::atomic<int> inside{0};
    std::barrier start{4};
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t != 4; ++t)
            threads.emplace_back([&] {
                start.arrive_and_wait();
                for (int i = 0; i != 2'000; ++i) {
                    auto lease = manager.template acquire<"sessions">();
                    EXPECT_LE(++inside, 2);
                    --inside;
                }
            });
    }
    const auto counts = manager.template metrics<"sessions">();
    EXPECT_EQ(counts.acquisitions, 8'000U);
    EXPECT_EQ(counts.active, 0U);
    EXPECT_EQ(counts.timeouts + counts.failures, 0U);
    EXPECT_LE(this->log.created, 2);
}

TYPED_TEST(pool_waiting, survives_deadlines_that_race_with_releases)
{
    auto manager = this->make({.max_size = 1});
    std::atomic<std::uint64_t> served{0}, refused{0};
    {
        std::vector<std::jthread> threads;
        for (int t = 0; t != 4; ++t)
            threads.emplace_back([&, t] {
                for (int i = 0; i != 500; ++i) {
                    auto lease = manager.template try_acquire<"sessions">(std::chrono::microseconds{(i + t) % 5 * 20});
                    lease ? ++served : ++refused;
                }
            });
    }
    const auto counts = manager.template metrics<"sessions">();
    EXPECT_EQ(counts.acquisitions, served);
    EXPECT_EQ(counts.timeouts, refused);
    EXPECT_EQ(manager.template status<"sessions">().waiting, 0U);
    EXPECT_TRUE(manager.template try_acquire<"sessions">(0ms)) << "the slot was lost";
}

} // namespace
