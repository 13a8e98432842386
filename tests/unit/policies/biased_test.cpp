// SPDX-License-Identifier: BSL-1.0
#include "support/pool_fixture.hpp"

#include <thread>
#include <utility>
#include <vector>

using namespace steward::test;
using steward::errc;

namespace {

/// A pool whose slots belong to a thread as soon as it has used one once.
class a_biased_slot : public testing::Test {
public:
    using sessions =
        steward::resource<"sessions", session_adapter, steward::locking::biased_after<1>,
                          steward::pooling::bounded<0, 4>, steward::metrics::counters, steward::ownership::tracked>;
    using manager_type = steward::manager<sessions>;

    session_log log;
    manager_type manager{
        sessions::with(session_adapter::settings{log}, {.max_size = 1, .idle_timeout = 0s, .max_lifetime = 1h}),
        steward::manual_housekeeping};
    const steward::time_point start = steward::clock::now();

    /// After this the slot is this thread's own.
    void use()
    {
        for (int i = 0; i != 4; ++i)
            static_cast<void>(*manager.acquire<"sessions">());
    }

    template <class F>
    static void on_another_thread(F f)
    {
        std::jthread{std::move(f)}.join();
    }
};

TEST_F(a_biased_slot, is_taken_again_by_its_thread)
{
    use();
    EXPECT_EQ(manager.acquire<"sessions">()->number, 1);
    EXPECT_EQ(manager.metrics<"sessions">().acquisitions, 5U);
}

TEST_F(a_biased_slot, is_seen_as_idle_or_lent)
{
    use();
    EXPECT_EQ(manager.status<"sessions">().available, 1U);
    const auto lease = manager.acquire<"sessions">();
    EXPECT_EQ(manager.status<"sessions">().available, 0U);
    EXPECT_EQ(manager.status<"sessions">().active, 1U);
}

TEST_F(a_biased_slot, is_not_taken_twice_by_its_thread)
{
    use();
    const auto lease = manager.acquire<"sessions">();
    EXPECT_EQ(code_of(manager.try_acquire<"sessions">(0ms)), errc::timed_out);
}

TEST_F(a_biased_slot, is_another_threads_if_that_needs_it)
{
    use();
    on_another_thread([&] { EXPECT_EQ(manager.acquire<"sessions">(0ms)->number, 1); });
    EXPECT_EQ(manager.acquire<"sessions">(0ms)->number, 1);
}

TEST_F(a_biased_slot, stays_its_holders_when_another_thread_wants_it)
{
    use();
    const auto lease = manager.acquire<"sessions">();
    on_another_thread([&] { EXPECT_EQ(code_of(manager.try_acquire<"sessions">(0ms)), errc::timed_out); });
    EXPECT_EQ(manager.status<"sessions">().active, 1U);
}

TEST_F(a_biased_slot, goes_to_who_waits_when_its_thread_gives_it_back)
{
    use();
    auto lease = manager.acquire<"sessions">();
    std::jthread waiting{[&] { EXPECT_EQ(manager.acquire<"sessions">(10min)->number, 1); }};
    wait_until([&] { return manager.status<"sessions">().waiting == 1; });
    lease.release();
}

TEST_F(a_biased_slot, comes_back_from_another_thread_than_took_it)
{
    use();
    auto lease = manager.acquire<"sessions">();
    on_another_thread([mine = std::move(lease)]() mutable { mine.release(); });
    EXPECT_EQ(manager.acquire<"sessions">(0ms)->number, 1);
}

TEST_F(a_biased_slot, is_free_for_all_when_its_thread_has_ended)
{
    on_another_thread([&] { use(); });
    EXPECT_EQ(manager.acquire<"sessions">(0ms)->number, 1);
    use();
    EXPECT_EQ(log.created, 1);
}

TEST_F(a_biased_slot, is_discarded_as_any_other)
{
    use();
    manager.acquire<"sessions">().discard();
    EXPECT_EQ(manager.acquire<"sessions">(0ms)->number, 2);
}

TEST_F(a_biased_slot, is_not_taken_for_free_while_its_holder_has_it_validated)
{
    using validated =
        steward::resource<"sessions", session_adapter, steward::locking::biased_after<1>,
                          steward::pooling::bounded<0, 4>, steward::metrics::counters, steward::health::on_borrow<>>;
    for (int round = 0; round != 1'000; ++round) {
        session_log mine;
        steward::manager<validated> fresh{validated::with(session_adapter::settings{mine}, {.max_size = 2}),
                                          steward::manual_housekeeping};
        std::vector<std::jthread> threads;
        for (int t = 0; t != 3; ++t)
            threads.emplace_back([&] {
                for (int i = 0; i != 100; ++i)
                    if (const auto lease = fresh.try_acquire<"sessions">(50us))
                        (*lease)->broken = i % 5 == 0;
            });
        threads.clear();
        ASSERT_EQ(fresh.status<"sessions">().size, static_cast<std::size_t>(mine.live())) << "in round " << round;
    }
}

TEST_F(a_biased_slot, rests_and_grows_old_as_any_other)
{
    use();
    manager.maintain(start + 30min);
    EXPECT_EQ(manager.status<"sessions">().size, 1U);
    use();
    manager.maintain(start + 2h);
    EXPECT_EQ(manager.status<"sessions">().size, 0U);
}

TEST_F(a_biased_slot, that_is_lent_leaves_when_it_comes_back_to_a_refreshed_pool)
{
    use();
    auto lease = manager.acquire<"sessions">();
    manager.refresh<"sessions">();
    EXPECT_EQ(lease->number, 1);
    lease.release();
    EXPECT_EQ(manager.acquire<"sessions">(0ms)->number, 2);
}

TEST_F(a_biased_slot, cannot_be_had_while_the_pool_is_suspended)
{
    use();
    manager.suspend<"sessions">();
    EXPECT_EQ(code_of(manager.try_acquire<"sessions">(0ms)), errc::suspended);
    manager.resume<"sessions">();
    EXPECT_EQ(manager.acquire<"sessions">(0ms)->number, 1);
}

TEST_F(a_biased_slot, is_closed_with_the_pool)
{
    use();
    manager.close();
    EXPECT_EQ(log.live(), 0);
    EXPECT_EQ(code_of(manager.try_acquire<"sessions">(0ms)), errc::closed);
}

TEST_F(a_biased_slot, that_is_lent_is_closed_when_it_comes_back)
{
    use();
    auto lease = manager.acquire<"sessions">();
    manager.close();
    EXPECT_EQ(log.live(), 1);
    lease.release();
    EXPECT_EQ(log.live(), 0);
}

TEST_F(a_biased_slot, of_one_pool_is_not_taken_for_one_of_another)
{
    use();
    manager_type other{sessions::with(session_adapter::settings{log}, {.max_size = 1}), steward::manual_housekeeping};
    EXPECT_EQ(other.acquire<"sessions">()->number, 2);
    EXPECT_EQ(manager.acquire<"sessions">()->number, 1);
}

TEST_F(a_biased_slot, stays_its_threads_while_that_has_another_one_too)
{
    manager.resize<"sessions">({.max_size = 2});
    use();
    {
        const auto own = manager.acquire<"sessions">();
        EXPECT_EQ(manager.acquire<"sessions">()->number, 2);
    }
    EXPECT_EQ(manager.acquire<"sessions">()->number, 1);
}

/// How many searches it takes until one is enough.
int searches(steward::detail::bias_price& price)
{
    int n = 1;
    while (!price.pay())
        ++n;
    return n;
}

TEST(bias_price, is_as_many_searches_as_the_policy_says)
{
    steward::detail::bias_price price{3};
    EXPECT_EQ(searches(price), 3);
    EXPECT_EQ(searches(price), 3);
}

TEST(bias_price, grows_when_a_slot_is_taken_away_and_falls_with_each_tick)
{
    steward::detail::bias_price price{2};
    price.taken_away();
    EXPECT_EQ(searches(price), 16);
    price.tick();
    EXPECT_EQ(searches(price), 8);
    for (int i = 0; i != 10; ++i)
        price.tick();
    EXPECT_EQ(searches(price), 2) << "never less than it was at first";
    for (int i = 0; i != 100; ++i)
        price.taken_away();
    EXPECT_EQ(searches(price), 1 << 20) << "never more";
}

} // namespace
