// SPDX-License-Identifier: BSL-1.0
#include "crowd.hpp"

using namespace steward::test;

namespace {

template <class B>
using exclusion = crowd<B>;
TYPED_TEST_SUITE(exclusion, pools, pool_names);

TYPED_TEST(exclusion, a_resource_has_one_holder_and_there_are_never_more_than_allowed)
{
    constexpr int threads = 4, rounds = 3000;
    auto manager = this->make({.max_size = 2, .acquire_timeout = for_ever});
    std::atomic<int> holders{0}, most{0};
    this->run(threads, [&](int) {
        for (int i = 0; i != rounds; ++i) {
            auto lease = manager.template acquire<"plain">();
            const int now = ++holders;
            int seen = most;
            while (now > seen && !most.compare_exchange_weak(seen, now)) {}
            ++lease->uses;
            --holders;
        }
    });
    EXPECT_LE(most, 2);
    EXPECT_LE(this->live, 2);
    const auto counted = manager.template metrics<"plain">();
    EXPECT_EQ(counted.acquisitions, static_cast<std::uint64_t>(threads) * rounds);
    EXPECT_EQ(counted.releases, counted.acquisitions);
    EXPECT_EQ(counted.active, 0U);
    int uses = 0;
    {
        std::vector<typename decltype(manager)::template lease_type<"plain">> all;
        for (int i = this->live; i != 0; --i) {
            all.push_back(manager.template acquire<"plain">());
            uses += all.back()->uses;
        }
    }
    EXPECT_EQ(uses, threads * rounds) << "a write was lost: two had one resource";
    this->expect_whole(manager, 2);
}

TYPED_TEST(exclusion, owners_and_leases_mix)
{
    auto manager = this->make({.max_size = 2, .acquire_timeout = for_ever});
    this->run(4, [&](int number) {
        for (int i = 0; i != 1000; ++i) {
            if (i % 2 == 0) {
                auto owner = manager.owner("worker", static_cast<std::uint64_t>(number));
                ++owner.template acquire<"plain">().uses;
            } else {
                ++manager.template acquire<"plain">()->uses;
            }
        }
    });
    this->expect_whole(manager, 2);
}

TYPED_TEST(exclusion, what_is_discarded_makes_room_for_who_waits)
{
    auto manager = this->make({.max_size = 2, .acquire_timeout = for_ever});
    this->run(4, [&](int number) {
        for (int i = 0; i != 500; ++i) {
            auto lease = manager.template acquire<"plain">();
            if ((i + number) % 3 == 0)
                lease.discard();
        }
    });
    EXPECT_LE(this->live, 2);
    this->expect_whole(manager, 2);
}

TYPED_TEST(exclusion, a_reader_of_owners_sees_whole_names_or_none)
{
    auto manager = this->make({.max_size = 2, .acquire_timeout = for_ever});
    std::atomic<bool> stop{false};
    std::jthread reader{[&] {
        while (!stop)
            for (const std::string& name : manager.template owners<"plain">())
                EXPECT_TRUE(name == "even_2" || name == "odd_1") << name;
    }};
    this->run(3, [&](int number) {
        for (int i = 0; i != 1500; ++i) {
            auto owner = (i + number) % 2 == 0 ? manager.owner("even", 2) : manager.owner("odd", 1);
            owner.template acquire<"plain">();
        }
    });
    stop = true;
}

} // namespace
