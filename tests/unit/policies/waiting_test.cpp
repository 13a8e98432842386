// SPDX-License-Identifier: BSL-1.0
#include "support/pool_fixture.hpp"

#include <atomic>
#include <stop_token>
#include <thread>
#include <vector>

using namespace steward::test;
using steward::errc;

namespace {

template <class Waiting, class Locking>
struct waits_by {
    using waiting = Waiting;
    using locking = Locking;
};
using every_way =
    testing::Types<waits_by<steward::waiting::overtaking<>, steward::locking::lock_free>,
                   waits_by<steward::waiting::overtaking<steward::time_span{0}>, steward::locking::lock_free>,
                   waits_by<steward::waiting::first_come, steward::locking::lock_free>,
                   waits_by<steward::waiting::first_come, steward::locking::mutex>,
                   waits_by<steward::waiting::spinning, steward::locking::lock_free>,
                   waits_by<steward::waiting::spinning, steward::locking::spin>>;

/// One slot, and those who wait for it.
template <class W>
class a_waiting_policy : public testing::Test {
public:
    using sessions = steward::resource<"sessions", session_adapter, typename W::locking, typename W::waiting,
                                       steward::pooling::bounded<0, 4>>;
    using manager_type = steward::manager<sessions>;

    session_log log;
    manager_type manager{sessions::with(session_adapter::settings{log}, {.max_size = 1, .acquire_timeout = 10min}),
                         steward::manual_housekeeping};

    void until_waiting(std::size_t n)
    {
        wait_until([&] { return manager.template status<"sessions">().waiting == n; });
    }
};
TYPED_TEST_SUITE(a_waiting_policy, every_way);

TYPED_TEST(a_waiting_policy, gives_a_slot_that_comes_back_to_who_waits)
{
    auto lease = this->manager.template acquire<"sessions">();
    std::jthread waiting{[&] { EXPECT_TRUE(this->manager.template acquire<"sessions">()); }};
    this->until_waiting(1);
    lease.release();
}

TYPED_TEST(a_waiting_policy, ends_a_wait_at_its_deadline)
{
    const auto lease = this->manager.template acquire<"sessions">();
    EXPECT_EQ(code_of(this->manager.template try_acquire<"sessions">(2ms)), errc::timed_out);
    EXPECT_EQ(this->manager.template status<"sessions">().waiting, 0U);
}

TYPED_TEST(a_waiting_policy, ends_a_wait_when_the_pool_closes)
{
    const auto lease = this->manager.template acquire<"sessions">();
    std::jthread waiting{[&] { EXPECT_EQ(code_of(this->manager.template try_acquire<"sessions">()), errc::closed); }};
    this->until_waiting(1);
    this->manager.close();
}

TYPED_TEST(a_waiting_policy, ends_a_wait_that_is_cancelled)
{
    const auto lease = this->manager.template acquire<"sessions">();
    std::stop_source source;
    std::jthread waiting{[&] {
        EXPECT_EQ(code_of(this->manager.template try_acquire<"sessions">(source.get_token())), errc::cancelled);
    }};
    this->until_waiting(1);
    source.request_stop();
    waiting.join();
    EXPECT_EQ(this->manager.template status<"sessions">().waiting, 0U);
}

TYPED_TEST(a_waiting_policy, serves_all_who_wait)
{
    std::atomic<int> served{0};
    {
        auto lease = this->manager.template acquire<"sessions">();
        std::vector<std::jthread> waiting;
        for (int i = 0; i != 5; ++i)
            waiting.emplace_back([&] {
                const auto mine = this->manager.template acquire<"sessions">();
                ++served;
            });
        this->until_waiting(5);
        lease.release();
    }
    EXPECT_EQ(served, 5);
    EXPECT_EQ(this->log.created, 1);
}

template <class Locking>
class first_come : public a_waiting_policy<waits_by<steward::waiting::first_come, Locking>> {};
using every_locking = testing::Types<steward::locking::lock_free, steward::locking::mutex, steward::locking::spin>;
TYPED_TEST_SUITE(first_come, every_locking);

TYPED_TEST(first_come, serves_those_who_wait_in_the_order_in_which_they_came)
{
    std::vector<int> order; // written by who holds the one slot
    {
        auto lease = this->manager.template acquire<"sessions">();
        std::vector<std::jthread> waiting;
        for (int i = 0; i != 4; ++i) {
            waiting.emplace_back([&, i] {
                const auto mine = this->manager.template acquire<"sessions">();
                order.push_back(i);
            });
            this->until_waiting(static_cast<std::size_t>(i) + 1);
        }
        lease.release();
    }
    EXPECT_EQ(order, (std::vector{0, 1, 2, 3}));
}

TYPED_TEST(first_come, lets_no_newcomer_overtake_even_at_once)
{
    auto lease = this->manager.template acquire<"sessions">();
    std::atomic<bool> go_on{false};
    std::jthread waiting{[&] {
        const auto mine = this->manager.template acquire<"sessions">();
        wait_until([&] { return go_on.load(); });
    }};
    this->until_waiting(1);
    lease.release(); // it is the other one's from now on, awake or not
    EXPECT_EQ(code_of(this->manager.template try_acquire<"sessions">(0ms)), errc::timed_out);
    go_on = true;
}

TEST(spinning, never_sleeps_in_the_kernel_and_still_counts_as_waiting)
{
    using waits = a_waiting_policy<waits_by<steward::waiting::spinning, steward::locking::lock_free>>;
    session_log log;
    waits::manager_type manager{
        waits::sessions::with(session_adapter::settings{log}, {.max_size = 1, .max_waiting = 1}),
        steward::manual_housekeeping};
    auto lease = manager.acquire<"sessions">();
    std::jthread waiting{[&] { EXPECT_TRUE(manager.acquire<"sessions">(10min)); }};
    wait_until([&] { return manager.status<"sessions">().waiting == 1; });
    EXPECT_EQ(code_of(manager.try_acquire<"sessions">(10min)), errc::overloaded);
    lease.release();
}

} // namespace
