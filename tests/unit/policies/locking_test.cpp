// SPDX-License-Identifier: BSL-1.0
#include "support/pool_fixture.hpp"

#include <thread>
#include <vector>

using namespace steward::test;
using steward::slot_state;

namespace {

static_assert(steward::detail::locking_parts<steward::locking::none>);
static_assert(steward::detail::locking_parts<steward::locking::mutex>);
static_assert(steward::detail::locking_parts<steward::locking::spin>);
static_assert(steward::detail::locking_parts<steward::locking::lock_free>);
static_assert(!steward::locking::none::waits);

template <class Cell>
class slot_cell : public testing::Test {};
using cells = testing::Types<steward::plain_cell, steward::atomic_cell>;
TYPED_TEST_SUITE(slot_cell, cells);

TYPED_TEST(slot_cell, begins_empty) { EXPECT_EQ(TypeParam{}.load(), slot_state::empty); }

TYPED_TEST(slot_cell, is_claimed_only_from_the_expected_state)
{
    TypeParam cell;
    EXPECT_FALSE(cell.claim(slot_state::idle, slot_state::lent));
    EXPECT_EQ(cell.load(), slot_state::empty);
    EXPECT_TRUE(cell.claim(slot_state::empty, slot_state::creating));
    EXPECT_EQ(cell.load(), slot_state::creating);
    EXPECT_FALSE(cell.claim(slot_state::empty, slot_state::creating));
}

TYPED_TEST(slot_cell, is_free_again_once_published)
{
    TypeParam cell;
    cell.publish(slot_state::idle);
    EXPECT_TRUE(cell.claim(slot_state::idle, slot_state::lent));
}

TEST(atomic_cell, is_claimed_by_one_of_many)
{
    steward::atomic_cell cell;
    cell.publish(slot_state::idle);
    std::atomic<int> winners{0};
    std::vector<std::jthread> threads;
    for (int t = 0; t != 4; ++t)
        threads.emplace_back([&] { winners += cell.claim(slot_state::idle, slot_state::lent) ? 1 : 0; });
    threads.clear();
    EXPECT_EQ(winners, 1);
}

TEST(locking_spin, excludes)
{
    steward::locking::spin_mutex mutex;
    int count = 0;
    std::vector<std::jthread> threads;
    for (int t = 0; t != 4; ++t)
        threads.emplace_back([&] {
            for (int i = 0; i != 5'000; ++i) {
                mutex.lock();
                ++count;
                mutex.unlock();
            }
        });
    threads.clear();
    EXPECT_EQ(count, 20'000);
}

TEST(locking_none, fails_at_once_when_exhausted_since_nobody_else_could_give_back)
{
    session_log log;
    using sessions = steward::resource<"sessions", session_adapter, steward::locking::none>;
    steward::manager<sessions> manager{sessions::with(session_adapter::settings{log}, {.max_size = 1})};
    auto lease = manager.acquire<"sessions">();
    EXPECT_EQ(code_of(manager.try_acquire<"sessions">(1h)), steward::errc::timed_out);
}

} // namespace
