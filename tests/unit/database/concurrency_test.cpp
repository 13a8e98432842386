// SPDX-License-Identifier: BSL-1.0
#include "sqlite_fixture.hpp"

#include <atomic>
#include <latch>
#include <ranges>
#include <string>
#include <thread>
#include <tuple>
#include <vector>

using namespace steward::test;

namespace concurrency_test {

constexpr int threads = 8;

/// Runs `action(i)` in threads that start together; an exception ends the test with its text.
template <class Action>
void side_by_side(Action action)
{
    std::latch ready{threads};
    std::vector<std::string> errors(threads);
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
    for (const std::string& error : errors)
        EXPECT_EQ(error, "");
}

TEST_F(on_file, sessions_are_created_by_several_threads_at_once)
{
    side_by_side([&](int) {
        for (int i = 0; i != 5; ++i) {
            auto db = adapter.create();
            EXPECT_EQ(db.query_one<std::string>("pragma journal_mode"), "wal");
        }
    });
}

TEST_F(on_file, several_writers_take_their_turns_and_lose_nothing)
{
    adapter.create().execute("create table t (worker, n)");
    side_by_side([&](int worker) {
        auto db = adapter.create();
        for (int batch = 0; batch != 10; ++batch) {
            auto transaction = db.transaction();
            const int before = db.query_one<int>("select count(*) from t where worker = ?", worker);
            EXPECT_EQ(before, batch * 20);
            db.insert("t", std::views::iota(0, 20)
                               | std::views::transform([&](int n) { return std::tuple{worker, before + n}; }));
            transaction.commit();
        }
    });
    auto db = adapter.create();
    EXPECT_EQ(db.query_one<int>("select count(*) from t"), threads * 200);
    EXPECT_EQ(db.query_one<int>("select count(distinct worker * 1000 + n) from t"), threads * 200);
}

TEST_F(on_file, readers_see_whole_transactions_while_others_write)
{
    adapter.create().execute("create table t (a)");
    std::atomic<int> writers = threads / 2;
    side_by_side([&](int worker) {
        auto db = adapter.create();
        if (worker % 2 == 0) {
            for (int i = 0; i != 20; ++i)
                db.insert("t", std::views::iota(0, 10));
            --writers;
        } else {
            do {
                EXPECT_EQ(db.query_one<int>("select count(*) from t") % 10, 0);
            } while (writers != 0);
        }
    });
}

} // namespace concurrency_test
