// SPDX-License-Identifier: BSL-1.0
#include "crowd.hpp"

#include <barrier>
#include <thread>
#include <vector>

using namespace steward::test;
using steward::errc;

namespace {

template <class B>
using closing = crowd<B>;
TYPED_TEST_SUITE(closing, pools, pool_names);

TYPED_TEST(closing, while_others_acquire_destroys_everything_once_and_lets_nobody_in)
{
    for (int round = 0; round != 50; ++round) {
        auto manager = this->make({.max_size = 2, .acquire_timeout = for_ever});
        std::atomic<int> inside{0};
        std::vector<std::jthread> threads;
        for (int i = 0; i != 3; ++i)
            threads.emplace_back([&] {
                for (;;) {
                    auto lease = manager.template try_acquire<"plain">();
                    if (!lease) {
                        EXPECT_EQ(lease.error().code(), errc::closed);
                        return;
                    }
                    ++(*lease)->uses;
                    ++inside;
                }
            });
        while (inside < 100)
            std::this_thread::yield();
        manager.close();
        manager.close();
        threads.clear();
        EXPECT_EQ(this->live, 0);
        EXPECT_EQ(manager.template try_acquire<"plain">(0ms).error().code(), errc::closed);
    }
}

TYPED_TEST(closing, suspending_and_resuming_while_others_acquire_loses_no_slot)
{
    auto manager = this->make({.max_size = 2, .acquire_timeout = for_ever});
    std::atomic<bool> stop{false};
    std::jthread operator_thread{[&] {
        while (!stop) {
            manager.template suspend<"plain">();
            manager.template resume<"plain">();
        }
    }};
    this->run(3, [&](int) {
        for (int i = 0; i != 700; ++i)
            ++manager.template acquire<"plain">()->uses;
    });
    stop = true;
    operator_thread.join();
    this->expect_whole(manager, 2);
}

TYPED_TEST(closing, resizing_while_others_acquire_loses_no_slot_and_is_kept)
{
    auto manager = this->make({.max_size = 3, .acquire_timeout = for_ever});
    std::atomic<bool> stop{false};
    std::jthread operator_thread{[&] {
        for (std::size_t size = 1; !stop; size = size % 3 + 1)
            manager.template resize<"plain">({.max_size = size});
    }};
    this->run(4, [&](int) {
        for (int i = 0; i != 700; ++i)
            ++manager.template acquire<"plain">()->uses;
    });
    stop = true;
    operator_thread.join();
    manager.template resize<"plain">({.max_size = 2});
    EXPECT_LE(this->live, 2);
    this->expect_whole(manager, 2);
    manager.template resize<"plain">({.max_size = 3});
    this->expect_whole(manager, 3);
}

TYPED_TEST(closing, maintenance_while_others_acquire_retires_what_is_old_and_loses_no_slot)
{
    auto manager = this->make({.max_size = 2, .acquire_timeout = for_ever, .idle_timeout = 1s, .max_lifetime = 10s});
    std::atomic<bool> stop{false};
    std::jthread housekeeper{[&] {
        for (auto now = steward::clock::now(); !stop; now += 2s)
            manager.maintain(now);
    }};
    this->run(3, [&](int) {
        for (int i = 0; i != 700; ++i)
            ++manager.template acquire<"plain">()->uses;
    });
    stop = true;
    housekeeper.join();
    this->expect_whole(manager, 2);
}

TYPED_TEST(closing, destroying_while_leases_come_back_waits_until_their_threads_have_left_the_manager)
{
    for (int round = 0; round != 100; ++round) {
        auto manager = this->make_owned({.max_size = 2, .acquire_timeout = for_ever});
        std::barrier start{3};
        std::vector<std::jthread> threads;
        for (int i = 0; i != 2; ++i)
            threads.emplace_back([&start, &pool = *manager] {
                pool.template acquire<"plain">().release(); // the first return of a thread takes another way
                auto lease = pool.template acquire<"plain">();
                start.arrive_and_wait();
                lease.release();
            });
        start.arrive_and_wait();
        manager.reset(); // nothing but the leases tells it of these threads
        EXPECT_EQ(this->live, 0);
    }
}

} // namespace
