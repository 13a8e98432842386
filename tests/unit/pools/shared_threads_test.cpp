// SPDX-License-Identifier: BSL-1.0
#include "support/pool_fixture.hpp"

#include <barrier>
#include <future>
#include <memory>
#include <thread>
#include <vector>

using namespace steward::test;
using steward::errc;

namespace {

template <class Locking>
class shared_threads : public testing::Test {
public:
    using files = steward::resource<"files", session_adapter, Locking, steward::pooling::shared,
                                    steward::metrics::counters, steward::ownership::tracked>;

    session_log log;
    std::unique_ptr<steward::manager<files>> manager =
        std::make_unique<steward::manager<files>>(files::with(session_adapter::settings{log}));
};
using shareable = testing::Types<steward::locking::mutex, steward::locking::spin, steward::locking::lock_free>;
TYPED_TEST_SUITE(shared_threads, shareable);

TYPED_TEST(shared_threads, create_once_however_many_ask_at_once)
{
    this->log.while_creating = [] { std::this_thread::sleep_for(1ms); };
    std::barrier start{4};
    std::vector<std::jthread> threads;
    for (int t = 0; t != 4; ++t)
        threads.emplace_back([&] {
            start.arrive_and_wait();
            EXPECT_EQ(this->manager->template acquire<"files">()->number, 1);
        });
    threads.clear();
    EXPECT_EQ(this->log.created, 1);
}

TYPED_TEST(shared_threads, that_wait_for_a_create_wake_when_the_manager_closes)
{
    std::promise<void> creating, go_on;
    this->log.while_creating = [&] {
        creating.set_value();
        go_on.get_future().wait();
    };
    std::jthread creator{[&] { EXPECT_EQ(code_of(this->manager->template try_acquire<"files">()), errc::closed); }};
    creating.get_future().wait();
    std::jthread waiter{[&] { EXPECT_EQ(code_of(this->manager->template try_acquire<"files">()), errc::closed); }};
    EXPECT_EQ(code_of(this->manager->template try_acquire<"files">(0ms)), errc::timed_out);
    this->manager->close();
    waiter.join();
    go_on.set_value();
    creator.join();
    EXPECT_EQ(this->log.live(), 0);
}

TYPED_TEST(shared_threads, that_wait_are_resumed)
{
    this->manager->template suspend<"files">();
    std::jthread waiter{[&] { EXPECT_TRUE(this->manager->template try_acquire<"files">()); }};
    EXPECT_EQ(code_of(this->manager->template try_acquire<"files">(1ms)), errc::suspended);
    this->manager->template resume<"files">();
}

TYPED_TEST(shared_threads, that_hold_it_are_waited_for_at_the_managers_end)
{
    std::promise<void> destroying, go_on;
    auto may_go_on = go_on.get_future();
    std::atomic<bool> done{false};
    this->log.while_destroying = [&] {
        destroying.set_value();
        may_go_on.wait();
        done = true;
    };
    auto lease = this->manager->template acquire<"files">();
    std::jthread holder{[&] { lease.discard(); }};
    destroying.get_future().wait();
    std::jthread helper{[&] {
        std::this_thread::sleep_for(5ms);
        go_on.set_value();
    }};
    this->manager.reset();
    EXPECT_TRUE(done) << "the manager went while its adapter was at work";
}

TYPED_TEST(shared_threads, that_take_and_discard_never_meet_a_dead_resource)
{
    std::vector<std::jthread> threads;
    for (int t = 0; t != 4; ++t)
        threads.emplace_back([&, t] {
            for (int i = 0; i != 500; ++i) {
                auto lease = this->manager->template acquire<"files">();
                EXPECT_GT(lease->number, 0);
                if ((i + t) % 10 == 0)
                    lease.discard();
            }
        });
    threads.clear();
    const auto counts = this->manager->template metrics<"files">();
    EXPECT_EQ(counts.acquisitions, 2'000U);
    EXPECT_EQ(counts.active, 0U);
    EXPECT_EQ(static_cast<int>(counts.size), this->log.live());
}

TYPED_TEST(shared_threads, that_find_it_invalid_wait_until_its_last_holder_has_left)
{
    using checked =
        steward::resource<"files", session_adapter, TypeParam, steward::pooling::shared, steward::health::on_borrow<>>;
    steward::manager<checked> validating{checked::with(session_adapter::settings{this->log})};
    auto holder = validating.template acquire<"files">();
    holder->broken = true;
    std::vector<std::jthread> waiting;
    for (int t = 0; t != 2; ++t)
        waiting.emplace_back([&] { EXPECT_EQ(validating.template try_acquire<"files">(10min).value()->number, 2); });
    wait_until([&] { return this->log.validated != 0; });
    holder.release();
    waiting.clear();
    EXPECT_EQ(this->log.created, 2);
}

TYPED_TEST(shared_threads, that_time_out_learn_why_creating_failed_last)
{
    this->log.create_throws = true;
    EXPECT_EQ(code_of(this->manager->template try_acquire<"files">()), errc::create_failed);
    this->log.create_throws = false;
    std::promise<void> creating, go_on;
    this->log.while_creating = [&] {
        creating.set_value();
        go_on.get_future().wait();
    };
    std::jthread creator{[&] { EXPECT_TRUE(this->manager->template try_acquire<"files">()); }};
    creating.get_future().wait();
    const auto late = this->manager->template try_acquire<"files">(0ms);
    EXPECT_EQ(code_of(late), errc::timed_out);
    EXPECT_TRUE(contains(late.error().what(), "connection refused"));
    go_on.set_value();
}

} // namespace
