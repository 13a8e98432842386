// SPDX-License-Identifier: BSL-1.0
#include "crowd.hpp"

#include <barrier>

using namespace steward::test;
using steward::errc;

namespace {

template <class B>
using wakeup = crowd<B>;
TYPED_TEST_SUITE(wakeup, pools, pool_names);

TYPED_TEST(wakeup, two_releases_wake_two_who_are_about_to_sleep)
{
    auto manager = this->make({.max_size = 2, .acquire_timeout = for_ever});
    std::barrier together{4};
    this->run(4, [&](int number) {
        for (int i = 0; i != 1000; ++i) {
            if (number < 2) {
                auto held = manager.template acquire<"plain">();
                together.arrive_and_wait(); // both slots are lent, two others come now
                held.release();
            } else {
                together.arrive_and_wait();
                EXPECT_TRUE(manager.template try_acquire<"plain">(for_ever)); // else a wake-up was lost
            }
            together.arrive_and_wait();
        }
    });
    this->expect_whole(manager, 2);
}

TYPED_TEST(wakeup, a_grant_that_meets_a_time_out_loses_no_slot)
{
    auto manager = this->make({.max_size = 1});
    this->run(3, [&](int number) {
        for (int i = 0; i != 1500; ++i) {
            // Deadlines of about the time that a slot is held.
            auto lease = manager.template try_acquire<"plain">(std::chrono::microseconds{(i * 7 + number) % 60});
            if (lease)
                ++(*lease)->uses;
            else
                EXPECT_EQ(lease.error().code(), errc::timed_out);
        }
    });
    this->expect_whole(manager, 1);
}

TYPED_TEST(wakeup, a_failed_creation_passes_its_place_on)
{
    auto manager = this->make({.max_size = 2, .acquire_timeout = for_ever}, 3);
    std::atomic<int> failed{0};
    this->run(4, [&](int number) {
        for (int i = 0; i != 500; ++i) {
            auto lease = manager.template try_acquire<"plain">();
            if (!lease) {
                EXPECT_EQ(lease.error().code(), errc::create_failed);
                ++failed;
            } else if ((i + number) % 2 == 0) {
                lease->discard(); // so that there is something to create
            }
        }
    });
    EXPECT_GT(failed, 100);
    EXPECT_EQ(manager.template metrics<"plain">().failures, static_cast<std::uint64_t>(failed));
    EXPECT_EQ(manager.template status<"plain">().active, 0U);
    EXPECT_EQ(manager.template status<"plain">().waiting, 0U);
}

TYPED_TEST(wakeup, who_gives_a_hot_slot_back_for_the_last_time_leaves_nobody_waiting)
{
    auto manager = this->make({.max_size = 1, .acquire_timeout = for_ever});
    std::barrier together{4};
    this->run(4, [&](int number) {
        for (int round = 0; round != 100; ++round) {
            for (int i = 0; i != 30 + 10 * number; ++i) { // they end one after another
                const auto lease = manager.template acquire<"plain">();
                const auto end = steward::clock::now() + 5us;
                while (steward::clock::now() < end) {}
            }
            together.arrive_and_wait();
        }
    });
    this->expect_whole(manager, 1);
}

TYPED_TEST(wakeup, every_way_out_is_counted_once)
{
    auto manager = this->make({.max_size = 1});
    std::atomic<std::uint64_t> got{0}, late{0};
    this->run(4, [&](int) {
        for (int i = 0; i != 1000; ++i)
            manager.template try_acquire<"plain">(i % 3 == 0 ? 0us : 20us) ? ++got : ++late;
    });
    const auto counted = manager.template metrics<"plain">();
    EXPECT_EQ(counted.acquisitions, got);
    EXPECT_EQ(counted.timeouts, late);
    EXPECT_EQ(counted.failures, 0U);
}

TYPED_TEST(wakeup, threads_and_pools_end_in_any_order)
{
    for (int round = 0; round != 50; ++round) {
        auto one = this->make({.max_size = 2});
        auto other = this->make({.max_size = 2});
        this->run(3, [&](int) {
            ++one.template acquire<"plain">()->uses;
            ++other.template acquire<"plain">()->uses;
        });
    }
    EXPECT_EQ(this->live, 0);
}

} // namespace
