// SPDX-License-Identifier: BSL-1.0
#include "sqlite_fixture.hpp"

#include <memory>
#include <stdexcept>
#include <vector>

using namespace steward::test;
using steward::adapters::access;
using steward::adapters::transaction;

namespace {

class transactions : public in_memory {
protected:
    transactions() { db.execute("create table t (a integer primary key)"); }
    std::vector<int> content()
    {
        std::vector<int> result;
        for (const int a : db.query<int>("select a from t order by a"))
            result.push_back(a);
        return result;
    }
    void add(int a) { db.execute("insert into t values (?)", a); }
};

using numbers = std::vector<int>;

TEST_F(transactions, commit_keeps_the_changes)
{
    {
        auto transaction = db.transaction();
        EXPECT_TRUE(db.in_transaction());
        add(1);
        transaction.commit();
        EXPECT_FALSE(transaction.active());
    }
    EXPECT_FALSE(db.in_transaction());
    EXPECT_EQ(content(), numbers{1});
}

TEST_F(transactions, an_exception_rolls_back)
{
    try {
        auto transaction = db.transaction();
        add(1);
        throw std::runtime_error{"in the middle"};
    } catch (const std::runtime_error&) {
    }
    EXPECT_FALSE(db.in_transaction());
    EXPECT_EQ(content(), numbers{});
}

TEST_F(transactions, rollback_undoes_at_once)
{
    auto transaction = db.transaction();
    add(1);
    transaction.rollback();
    EXPECT_FALSE(db.in_transaction());
    EXPECT_EQ(content(), numbers{});
}

TEST_F(transactions, an_inner_one_is_a_savepoint)
{
    auto outer = db.transaction();
    add(1);
    {
        auto inner = db.transaction();
        add(2);
    } // rolled back
    {
        auto inner = db.transaction();
        add(3);
        {
            auto innermost = db.transaction();
            add(4);
            innermost.rollback();
        }
        inner.commit();
    }
    outer.commit();
    EXPECT_EQ(content(), (numbers{1, 3}));
}

TEST_F(transactions, the_outer_rollback_takes_committed_inner_ones_along)
{
    {
        auto outer = db.transaction();
        auto inner = db.transaction();
        add(1);
        inner.commit();
    }
    EXPECT_EQ(content(), numbers{});
}

TEST_F(transactions, one_inside_a_hand_written_begin_leaves_that_open)
{
    db.execute("begin");
    add(1);
    {
        auto inner = db.transaction();
        add(2);
        inner.commit();
    }
    EXPECT_TRUE(db.in_transaction());
    db.execute("rollback");
    EXPECT_EQ(content(), numbers{});
}

TEST_F(transactions, ending_twice_is_an_error)
{
    auto transaction = db.transaction();
    transaction.commit();
    EXPECT_EQ(error_of([&] { transaction.commit(); }).code(), database_errc::transaction_state);
    EXPECT_EQ(error_of([&] { transaction.rollback(); }).code(), database_errc::transaction_state);
}

TEST_F(transactions, the_outer_one_cannot_end_before_the_inner_one)
{
    auto outer = db.transaction();
    auto inner = db.transaction();
    add(1);
    EXPECT_EQ(error_of([&] { outer.commit(); }).code(), database_errc::transaction_state);
    inner.commit();
    outer.commit();
    EXPECT_EQ(content(), numbers{1});
}

TEST_F(transactions, destroying_the_outer_one_first_ends_both)
{
    std::unique_ptr<transaction> outer{new transaction{db.transaction()}};
    auto inner = db.transaction();
    add(1);
    outer.reset();
    EXPECT_FALSE(db.in_transaction());
    EXPECT_EQ(error_of([&] { inner.commit(); }).code(), database_errc::transaction_state);
    EXPECT_EQ(content(), numbers{});
}

TEST_F(transactions, one_that_was_ended_by_hand_says_so)
{
    auto transaction = db.transaction();
    add(1);
    db.execute("rollback");
    EXPECT_EQ(error_of([&] { transaction.commit(); }).code(), database_errc::transaction_state);
}

TEST_F(transactions, one_that_the_database_has_rolled_back_says_so)
{
    add(1);
    auto transaction = db.transaction();
    add(2);
    EXPECT_EQ(error_of([&] { db.execute("insert or rollback into t values (1)"); }).code(),
              database_errc::unique_violation);
    EXPECT_FALSE(db.in_transaction());
    EXPECT_EQ(error_of([&] { transaction.commit(); }).code(), database_errc::transaction_state);
    EXPECT_EQ(content(), numbers{1});
}

TEST_F(transactions, a_failing_commit_leaves_it_open_and_the_end_of_its_scope_rolls_back)
{
    db.execute("create table child (a references t deferrable initially deferred)");
    {
        auto transaction = db.transaction();
        db.execute("insert into child values (99)");
        EXPECT_EQ(error_of([&] { transaction.commit(); }).code(), database_errc::foreign_key_violation);
        EXPECT_TRUE(transaction.active());
    }
    EXPECT_FALSE(db.in_transaction());
    EXPECT_EQ(db.query_one<int>("select count(*) from child"), 0);
}

TEST_F(transactions, one_expires_when_its_session_goes_back)
{
    auto transaction = db.transaction();
    add(1);
    adapter.reset(db);
    EXPECT_FALSE(transaction.active());
    db.execute("begin"); // by the next holder
    add(2);
    EXPECT_EQ(error_of([&] { transaction.commit(); }).code(), database_errc::expired);
    db.execute("commit");
    EXPECT_EQ(content(), numbers{2});
}

TEST_F(on_file, a_read_only_transaction_does_not_take_the_write_lock)
{
    auto first = adapter.create(), second = adapter.create();
    first.execute("create table t (a)");
    auto reading = first.transaction(access::read_only);
    EXPECT_EQ(first.query_one<int>("select count(*) from t"), 0);
    {
        auto writing = second.transaction();
        second.execute("insert into t values (1)");
        writing.commit();
    }
    EXPECT_EQ(first.query_one<int>("select count(*) from t"), 0) << "it sees what was there when it began to read";
    reading.commit();
    EXPECT_EQ(first.query_one<int>("select count(*) from t"), 1);
}

TEST_F(on_file, a_transaction_for_writing_waits_at_its_beginning)
{
    auto first = adapter.create();
    auto second = sqlite_database{{.connection = file, .busy_timeout = std::chrono::milliseconds{1}}}.create();
    auto writing = first.transaction();
    const auto error = error_of([&] { auto other = second.transaction(); });
    EXPECT_EQ(error.code(), database_errc::busy);
    EXPECT_TRUE(error.retriable());
    EXPECT_FALSE(second.in_transaction());
}

TEST_F(on_file, a_reader_that_turns_writer_too_late_may_try_again)
{
    auto first = adapter.create(), second = adapter.create();
    first.execute("create table t (a)");
    auto reading = first.transaction(access::read_only);
    (void)first.query_one<int>("select count(*) from t");
    second.execute("insert into t values (1)");
    const auto error = error_of([&] { first.execute("insert into t values (2)"); });
    EXPECT_EQ(error.code(), database_errc::serialization_failure);
    EXPECT_TRUE(error.retriable());
}

} // namespace
