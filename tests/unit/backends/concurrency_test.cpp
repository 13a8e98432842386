// SPDX-License-Identifier: BSL-1.0
#include "backends.hpp"

#include <steward/adapters/database/retry.hpp>

#include <atomic>
#include <barrier>
#include <cstdint>
#include <exception>
#include <latch>
#include <string>
#include <thread>
#include <utility>
#include <vector>

using namespace steward::test;
using steward::adapters::retry;

namespace {

/// Runs `action(i)` in threads that start together; an exception fails the test with its text.
template <class Action>
void side_by_side(int threads, Action action)
{
    std::latch ready{threads};
    std::vector<std::string> errors(static_cast<std::size_t>(threads));
    {
        std::vector<std::jthread> all;
        for (int i = 0; i != threads; ++i)
            all.emplace_back([&, i] {
                ready.arrive_and_wait();
                try {
                    action(i);
                } catch (const std::exception& error) {
                    errors[static_cast<std::size_t>(i)] = error.what();
                }
            });
    }
    EXPECT_EQ(errors, std::vector<std::string>(static_cast<std::size_t>(threads)));
}

template <class Backend>
class concurrency : public on_backend<Backend> {};
TYPED_TEST_SUITE(concurrency, all_backends, name_of_backend);

TYPED_TEST(concurrency, eight_owners_on_four_sessions_lose_no_transaction)
{
    constexpr int owners = 8, rounds = 20;
    auto manager = this->pool_of(4);
    {
        auto db = manager.template acquire<"database">();
        db->execute("create table counter (n integer)");
        db->execute("create table log (owner integer, round integer, n integer unique)");
        db->execute("insert into counter values (0)");
    }
    side_by_side(owners, [&](int number) {
        for (int round = 0; round != rounds; ++round)
            retry(100, [&] {
                auto owner = manager.owner("owner", static_cast<std::uint64_t>(number));
                auto& db = owner.template acquire<"database">();
                auto transaction = db.transaction();
                db.execute("update counter set n = n + 1");
                const int n = db.template query_one<int>("select n from counter");
                db.execute("insert into log values (?, ?, ?)", number, round, n);
                transaction.commit();
            });
    });
    auto db = manager.template acquire<"database">();
    EXPECT_EQ(db->template query_one<int>("select n from counter"), owners * rounds);
    EXPECT_EQ(db->template query_one<int>("select count(*) from log"), owners * rounds);
    EXPECT_EQ(db->template query_one<int>("select max(n) from log"), owners * rounds);
    EXPECT_LE(manager.template metrics<"database">().creations, 4U);
}

TYPED_TEST(concurrency, eight_owners_insert_in_bulk_and_read_whole_transactions)
{
    constexpr int owners = 8, rounds = 5;
    auto manager = this->pool_of(4);
    manager.template acquire<"database">()->execute("create table t (owner integer, n integer)");
    side_by_side(owners, [&](int number) {
        for (int round = 0; round != rounds; ++round)
            retry(100, [&] {
                auto db = manager.template acquire<"database">();
                std::vector<std::pair<int, int>> rows;
                for (int n = 0; n != 10; ++n)
                    rows.emplace_back(number, round * 10 + n);
                db->insert("t", rows);
                EXPECT_EQ(db->template query_one<int>("select count(*) from t") % 10, 0);
            });
    });
    EXPECT_EQ(manager.template acquire<"database">()->template query_one<int>("select count(*) from t"),
              owners * rounds * 10);
}

/// Lets two threads meet once; whoever cannot come any more lets the other one go on.
class meeting {
public:
    explicit meeting(std::barrier<>& both) noexcept : both_{&both} {}
    meeting(const meeting&) = delete;
    meeting& operator=(const meeting&) = delete;
    ~meeting() { leave(); }
    void leave() noexcept
    {
        if (!std::exchange(here_, true))
            both_->arrive_and_drop();
    }
    void arrive() noexcept
    {
        if (!std::exchange(here_, true))
            both_->arrive_and_wait();
    }

private:
    std::barrier<>* both_;
    bool here_ = false;
};

TYPED_TEST(concurrency, two_that_wait_for_each_other_are_told_to_try_again)
{
    auto settings = this->place->settings();
    TypeParam::wait_briefly(settings);
    steward::manager<pool_on<TypeParam>> manager{pool_on<TypeParam>::with(settings)};
    {
        auto db = manager.template acquire<"database">();
        db->execute("create table t (id integer primary key, n integer)");
        db->execute("insert into t values (0, 0), (1, 0)");
        auto other = manager.template acquire<"database">(); // opened now, as nobody is in its way
        EXPECT_EQ(other->template query_one<int>("select sum(n) from t"), 0);
    }
    std::barrier both_hold_one{2};
    std::atomic<int> refused{0};
    side_by_side(2, [&](int number) {
        meeting other{both_hold_one};
        const auto change_both = [&] {
            auto db = manager.template acquire<"database">();
            db->execute("begin"); // without the lock that some take at the beginning of one for writing
            (void)db->template query_one<int>("select sum(n) from t");
            db->execute("update t set n = n + 1 where id = ?", number);
            other.arrive();
            db->execute("update t set n = n + 1 where id = ?", 1 - number);
            db->execute("commit");
        };
        retry(100, [&] {
            try {
                change_both();
            } catch (const database_error& error) {
                EXPECT_TRUE(error.retriable()) << error.what();
                ++refused;
                other.leave();
                throw;
            }
        });
    });
    EXPECT_GE(refused, 1);
    auto db = manager.template acquire<"database">();
    EXPECT_EQ(db->template query_one<int>("select min(n) from t"), 2);
    EXPECT_EQ(db->template query_one<int>("select max(n) from t"), 2);
}

} // namespace
