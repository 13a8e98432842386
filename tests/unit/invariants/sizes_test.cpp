// SPDX-License-Identifier: BSL-1.0
#include "pools_that_differ.hpp"

#include <atomic>
#include <optional>
#include <thread>
#include <vector>

using namespace steward::test;
using steward::errc;
using steward::retirement;

namespace {

using checked = steward::health::on_borrow<>;

// 1. Creations in flight plus live resources never exceed max_size, not even while a validation or a create is slow.
template <class B>
class invariant_01 : public pool_fixture<B> {
public:
    census sessions;
    stop_point slow;

    void count()
    {
        this->log.while_creating = [this] { sessions.begin(); };
        this->log.while_destroying = [this] { sessions.end(); };
    }
};
TYPED_TEST_SUITE(invariant_01, pools_that_differ, policy_names);

TYPED_TEST(invariant_01, creations_in_flight_and_live_resources_never_exceed_max_size_while_a_create_is_slow)
{
    auto manager = this->make({.max_size = 2});
    this->log.while_creating = [this] { this->slow.arrive(); };
    std::vector<std::jthread> callers;
    for (int i = 0; i != 5; ++i)
        callers.emplace_back([&] { EXPECT_TRUE(manager.template try_acquire<"sessions">()); });
    this->slow.await(2);
    until_somebody_waits(manager, 3);
    EXPECT_EQ(this->slow.inside(), 2);
    EXPECT_EQ(code_of(manager.template try_acquire<"sessions">(0ms)), errc::timed_out);
    this->slow.open();
    callers.clear();
    EXPECT_EQ(this->log.created, 2);
}

TYPED_TEST(invariant_01, creations_in_flight_and_live_resources_never_exceed_max_size_while_a_validation_is_slow)
{
    this->count();
    auto manager = this->template make_with<checked>({.max_size = 1});
    manager.template acquire<"sessions">().release();
    this->log.while_validating = [this] { this->slow.arrive(); };
    this->log.all_invalid = true;
    std::jthread first{[&] { EXPECT_TRUE(manager.template try_acquire<"sessions">()); }};
    this->slow.await(1);
    std::jthread second{[&] { EXPECT_TRUE(manager.template try_acquire<"sessions">()); }};
    until_somebody_waits(manager);
    EXPECT_EQ(this->log.created, 1);
    this->slow.open();
    first.join();
    second.join();
    EXPECT_GT(this->log.created, 1);
    EXPECT_EQ(this->sessions.most(), 1);
}

TYPED_TEST(invariant_01, what_is_being_destroyed_keeps_its_place_until_it_is_gone)
{
    auto manager = this->make({.max_size = 1});
    auto lease = manager.template acquire<"sessions">();
    this->log.while_destroying = [this] { this->slow.arrive(); };
    std::jthread holder{[&] { lease.discard(); }};
    this->slow.await(1);
    EXPECT_EQ(code_of(manager.template try_acquire<"sessions">(0ms)), errc::timed_out);
    EXPECT_EQ(this->log.created, 1);
    this->slow.open();
}

TYPED_TEST(invariant_01, housekeeping_and_callers_together_never_exceed_max_size)
{
    auto manager = this->make({.min_size = 2, .max_size = 2});
    this->log.while_creating = [this] { this->slow.arrive(); };
    std::vector<std::jthread> threads;
    threads.emplace_back([&] { EXPECT_TRUE(manager.template try_acquire<"sessions">()); });
    threads.emplace_back([&] { manager.maintain(); });
    this->slow.await(2);
    manager.maintain(); // there is no place for another
    EXPECT_EQ(code_of(manager.template try_acquire<"sessions">(0ms)), errc::timed_out);
    EXPECT_EQ(this->slow.arrived(), 2);
    this->slow.open();
}

// 2. Below max_size a resource is created at once: nobody waits for a time-out first. While one is idle nothing is created.
template <class B>
class invariant_02 : public pool_fixture<B> {};
TYPED_TEST_SUITE(invariant_02, pools_that_differ, policy_names);

TYPED_TEST(invariant_02, below_max_size_a_resource_is_created_at_once)
{
    auto manager = this->make({.max_size = 3});
    const auto first = manager.template try_acquire<"sessions">(0ms);
    const auto second = manager.template try_acquire<"sessions">(0ms);
    const auto third = manager.template try_acquire<"sessions">(0ms);
    EXPECT_TRUE(first && second && third);
    EXPECT_EQ(this->log.created, 3);
}

TYPED_TEST(invariant_02, below_max_size_a_resource_is_created_at_once_while_another_is_still_in_creation)
{
    auto manager = this->make({.max_size = 2});
    stop_point creating;
    std::atomic<bool> is_first{true};
    this->log.while_creating = [&] {
        if (is_first.exchange(false))
            creating.arrive();
    };
    std::jthread other{[&] { EXPECT_TRUE(manager.template try_acquire<"sessions">()); }};
    creating.await(1);
    EXPECT_TRUE(manager.template try_acquire<"sessions">(0ms));
    creating.open();
}

TYPED_TEST(invariant_02, while_one_is_idle_nothing_is_created_whichever_thread_comes)
{
    auto manager = this->make();
    manager.template acquire<"sessions">().release();
    for (int i = 0; i != 3; ++i)
        std::jthread{[&] { EXPECT_EQ(manager.template acquire<"sessions">()->number, 1); }}.join();
    EXPECT_EQ(manager.template acquire<"sessions">()->number, 1);
    EXPECT_EQ(this->log.created, 1);
}

// 4. A resource retired at its return (expired, invalid, discarded) frees its place, and a waiter gets it at once.
template <class B>
class invariant_04 : public pool_fixture<B> {
public:
    // The only session is lent and somebody waits for it; `give_back` ends it. A waiter who is not told would wait for
    // ten minutes.
    static void expect_a_waiter_gets_the_place(auto& manager, retirement why, auto give_back)
    {
        auto lease = manager.template acquire<"sessions">();
        std::jthread waiter{[&] { EXPECT_EQ(manager.template acquire<"sessions">()->number, 2); }};
        until_somebody_waits(manager);
        give_back(lease);
        waiter.join();
        EXPECT_EQ(manager.template metrics<"sessions">().retired_because(why), 1U);
        EXPECT_TRUE(manager.template try_acquire<"sessions">(0ms)) << "the place is there for the next one, too";
        EXPECT_EQ(manager.template status<"sessions">().size, 1U);
    }
};
TYPED_TEST_SUITE(invariant_04, pools_that_differ, policy_names);

TYPED_TEST(invariant_04, what_is_expired_at_its_return_frees_its_place_for_a_waiter)
{
    auto manager = this->make({.max_size = 1, .max_lifetime = 100s});
    this->expect_a_waiter_gets_the_place(manager, retirement::expired, [&](auto& lease) {
        manager.maintain(steward::clock::now() + 1000s);
        lease.release();
    });
}

TYPED_TEST(invariant_04, what_is_invalid_at_its_return_frees_its_place_for_a_waiter)
{
    auto manager = this->template make_with<steward::health::on_return>({.max_size = 1});
    this->expect_a_waiter_gets_the_place(manager, retirement::invalid, [](auto& lease) {
        lease->broken = true;
        lease.release();
    });
}

TYPED_TEST(invariant_04, what_is_discarded_frees_its_place_for_a_waiter)
{
    auto manager = this->make({.max_size = 1});
    this->expect_a_waiter_gets_the_place(manager, retirement::discarded, [](auto& lease) { lease.discard(); });
}

// 5. A replacement for an expired or invalid resource respects max_size, and the acquisition still counts once.
template <class B>
class invariant_05 : public invariant_01<B> {};
TYPED_TEST_SUITE(invariant_05, pools_that_differ, policy_names);

TYPED_TEST(invariant_05, a_replacement_for_an_invalid_resource_respects_max_size_and_the_acquisition_counts_once)
{
    this->count();
    auto manager = this->template make_with<checked>({.max_size = 1});
    manager.template acquire<"sessions">()->broken = true;
    const auto before = manager.template metrics<"sessions">();
    EXPECT_EQ(manager.template acquire<"sessions">()->number, 2);
    const auto after = manager.template metrics<"sessions">();
    EXPECT_EQ(after.acquisitions, before.acquisitions + 1);
    EXPECT_EQ(after.failures + after.timeouts, 0U);
    EXPECT_EQ(after.retired_because(retirement::invalid), 1U);
    EXPECT_EQ(this->sessions.most(), 1);
}

TYPED_TEST(invariant_05, a_replacement_for_an_expired_resource_respects_max_size_and_the_acquisition_counts_once)
{
    this->count();
    std::atomic<bool> is_first{true}; // the manager's end looks at it, too
    auto manager = this->make({.max_size = 2, .max_lifetime = 100s});
    {
        const auto one = manager.template acquire<"sessions">();
        const auto another = manager.template acquire<"sessions">();
    }
    this->log.while_destroying = [&] {
        if (is_first.exchange(false))
            this->slow.arrive();
        this->sessions.end();
    };
    std::jthread housekeeper{[&] { manager.maintain(steward::clock::now() + 1000s); }};
    this->slow.await(1); // it has not come to the other, which is too old as well
    EXPECT_EQ(manager.template acquire<"sessions">()->number, 3);
    EXPECT_EQ(manager.template metrics<"sessions">().acquisitions, 3U);
    EXPECT_EQ(manager.template metrics<"sessions">().retired_because(retirement::expired), 1U);
    EXPECT_EQ(this->sessions.most(), 2);
    this->slow.open();
}

// 18. Changing the size while resources are lent never underflows and never shows more available than there are.
template <class B>
class invariant_18 : public pool_fixture<B> {
public:
    static void expect_sound(const steward::resource_status& seen)
    {
        EXPECT_LE(seen.size, 4U);
        EXPECT_LE(seen.active, seen.size);
        EXPECT_LE(seen.available, seen.size - seen.active);
    }
};
TYPED_TEST_SUITE(invariant_18, pools_that_differ, policy_names);

TYPED_TEST(invariant_18, a_smaller_size_while_all_are_lent_never_underflows)
{
    auto manager = this->make({.max_size = 4});
    std::vector<typename TestFixture::manager_type::template lease_type<"sessions">> leases;
    for (int i = 0; i != 4; ++i)
        leases.push_back(manager.template acquire<"sessions">());
    manager.template resize<"sessions">({.max_size = 1});
    for (std::size_t lent = 4; lent != 0; --lent) {
        const auto seen = manager.template status<"sessions">();
        EXPECT_EQ(seen.capacity, 1U);
        EXPECT_EQ(seen.active, lent);
        EXPECT_EQ(seen.size, lent);
        EXPECT_EQ(seen.available, 0U);
        EXPECT_EQ(code_of(manager.template try_acquire<"sessions">(0ms)), errc::timed_out);
        leases.pop_back();
    }
    EXPECT_LE(manager.template status<"sessions">().size, 1U);
    const auto only = manager.template try_acquire<"sessions">(0ms);
    EXPECT_TRUE(only);
    EXPECT_EQ(code_of(manager.template try_acquire<"sessions">(0ms)), errc::timed_out);
}

TYPED_TEST(invariant_18, a_larger_size_while_more_are_lent_than_there_may_be_creates_no_more_than_it_says)
{
    auto manager = this->make({.max_size = 3});
    std::vector<typename TestFixture::manager_type::template lease_type<"sessions">> leases;
    for (int i = 0; i != 3; ++i)
        leases.push_back(manager.template acquire<"sessions">());
    manager.template resize<"sessions">({.max_size = 1});
    manager.template resize<"sessions">({.max_size = 4});
    this->expect_sound(manager.template status<"sessions">());
    const auto fourth = manager.template try_acquire<"sessions">(0ms);
    EXPECT_TRUE(fourth);
    EXPECT_EQ(code_of(manager.template try_acquire<"sessions">(0ms)), errc::timed_out);
    leases.clear();
    EXPECT_EQ(manager.template status<"sessions">().available, 3U);
    EXPECT_EQ(this->log.live(), 4);
}

TYPED_TEST(invariant_18, no_moment_of_a_change_shows_more_available_than_there_are)
{
    auto manager = this->make({.max_size = 4});
    std::atomic<int> working{2};
    std::vector<std::jthread> borrowers;
    for (int i = 0; i != 2; ++i)
        borrowers.emplace_back([&] {
            for (int n = 0; n != 300; ++n) {
                const auto one = manager.template acquire<"sessions">();
                const auto another = manager.template try_acquire<"sessions">(0ms);
            }
            --working;
        });
    for (std::size_t size = 1; working != 0; size = size % 4 + 1) {
        manager.template resize<"sessions">({.max_size = size});
        this->expect_sound(manager.template status<"sessions">());
    }
    borrowers.clear();
    this->expect_sound(manager.template status<"sessions">());
    EXPECT_EQ(manager.template status<"sessions">().size, static_cast<std::size_t>(this->log.live()));
}

} // namespace
