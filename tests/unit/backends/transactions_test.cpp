// SPDX-License-Identifier: BSL-1.0
#include "backends.hpp"

#include <stdexcept>
#include <vector>

using namespace steward::test;

namespace {

using contents = std::vector<int>;

void make_table(steward::adapters::session& db) { db.execute("create table t (a integer primary key)"); }
void add(steward::adapters::session& db, int a) { db.execute("insert into t values (?)", a); }
contents content(steward::adapters::session& db)
{
    contents result;
    for (const int a : db.query<int>("select a from t order by a"))
        result.push_back(a);
    return result;
}

template <class Backend>
class transactions : public on_backend<Backend> {
protected:
    void SetUp() override
    {
        on_backend<Backend>::SetUp();
        if (!this->IsSkipped())
            make_table(this->db());
    }
};
TYPED_TEST_SUITE(transactions, all_backends, name_of_backend);

TYPED_TEST(transactions, commit_keeps_the_changes)
{
    auto& db = this->db();
    {
        auto transaction = db.transaction();
        EXPECT_TRUE(db.in_transaction());
        add(db, 1);
        transaction.commit();
    }
    EXPECT_FALSE(db.in_transaction());
    EXPECT_EQ(content(db), contents{1});
}

TYPED_TEST(transactions, an_exception_rolls_back)
{
    auto& db = this->db();
    try {
        auto transaction = db.transaction();
        add(db, 1);
        throw std::runtime_error{"in the middle"};
    } catch (const std::runtime_error&) {
    }
    EXPECT_FALSE(db.in_transaction());
    EXPECT_EQ(content(db), contents{});
}

TYPED_TEST(transactions, rollback_undoes_at_once)
{
    auto& db = this->db();
    auto transaction = db.transaction();
    add(db, 1);
    transaction.rollback();
    EXPECT_FALSE(db.in_transaction());
    EXPECT_EQ(content(db), contents{});
}

TYPED_TEST(transactions, inner_ones_are_savepoints)
{
    auto& db = this->db();
    auto outer = db.transaction();
    add(db, 1);
    {
        auto inner = db.transaction();
        add(db, 2);
    } // rolled back
    {
        auto inner = db.transaction();
        add(db, 3);
        {
            auto innermost = db.transaction();
            add(db, 4);
            innermost.rollback();
        }
        inner.commit();
    }
    outer.commit();
    EXPECT_EQ(content(db), (contents{1, 3}));
}

TYPED_TEST(transactions, the_outer_rollback_takes_committed_inner_ones_along)
{
    auto& db = this->db();
    {
        auto outer = db.transaction();
        auto inner = db.transaction();
        add(db, 1);
        inner.commit();
    }
    EXPECT_EQ(content(db), contents{});
}

TYPED_TEST(transactions, an_error_inside_undoes_the_inner_one_and_the_outer_goes_on)
{
    auto& db = this->db();
    auto outer = db.transaction();
    add(db, 1);
    EXPECT_EQ(error_of([&] {
                  auto inner = db.transaction();
                  add(db, 2);
                  add(db, 1);
                  inner.commit();
              }).code(),
              database_errc::unique_violation);
    add(db, 3);
    outer.commit();
    EXPECT_EQ(content(db), (contents{1, 3}));
}

TYPED_TEST(transactions, an_error_inside_may_end_it_and_the_session_works_on)
{
    auto& db = this->db();
    {
        auto transaction = db.transaction();
        add(db, 1);
        EXPECT_THROW(add(db, 1), database_error);
        transaction.rollback();
    }
    EXPECT_FALSE(db.in_transaction());
    add(db, 2);
    EXPECT_EQ(content(db), contents{2});
}

TYPED_TEST(transactions, ending_twice_is_an_error)
{
    auto& db = this->db();
    auto transaction = db.transaction();
    transaction.commit();
    EXPECT_EQ(error_of([&] { transaction.commit(); }).code(), database_errc::transaction_state);
    EXPECT_EQ(error_of([&] { transaction.rollback(); }).code(), database_errc::transaction_state);
}

TYPED_TEST(transactions, begun_by_hand_are_known)
{
    auto& db = this->db();
    db.execute("begin");
    EXPECT_TRUE(db.in_transaction());
    add(db, 1);
    {
        auto inner = db.transaction();
        add(db, 2);
    }
    EXPECT_TRUE(db.in_transaction()) << "one inside is a savepoint";
    db.execute("commit");
    EXPECT_FALSE(db.in_transaction());
    EXPECT_EQ(content(db), contents{1});
}

TYPED_TEST(transactions, ended_by_hand_say_so)
{
    auto& db = this->db();
    auto transaction = db.transaction();
    add(db, 1);
    db.execute("rollback");
    EXPECT_EQ(error_of([&] { transaction.commit(); }).code(), database_errc::transaction_state);
    EXPECT_EQ(content(db), contents{});
}

TYPED_TEST(transactions, for_reading_read)
{
    auto& db = this->db();
    add(db, 1);
    auto transaction = db.transaction(steward::adapters::access::read_only);
    EXPECT_EQ(content(db), contents{1});
    transaction.commit();
    add(db, 2);
    EXPECT_EQ(content(db), (contents{1, 2}));
}

TYPED_TEST(transactions, expire_when_their_session_goes_back)
{
    auto manager = this->pool_of(1);
    std::optional lease{manager.template acquire<"database">()};
    if (TypeParam::own_database_per_adapter)
        make_table(**lease);
    auto transaction = (*lease)->transaction();
    add(**lease, 1);
    lease.reset();
    EXPECT_FALSE(transaction.active());
    auto next = manager.template acquire<"database">();
    next->execute("begin");
    add(*next, 2);
    EXPECT_EQ(error_of([&] { transaction.commit(); }).code(), database_errc::expired);
    next->execute("commit");
    EXPECT_EQ(content(*next), contents{2});
}

TYPED_TEST(transactions, left_open_by_an_owner_that_throws_are_rolled_back_before_anyone_else_gets_the_session)
{
    auto manager = this->pool_of(1);
    if (TypeParam::own_database_per_adapter)
        make_table(*manager.template acquire<"database">());
    const void* session = nullptr;
    try {
        auto owner = manager.owner("load", 1);
        auto& db = owner.template acquire<"database">();
        session = &db;
        db.execute("begin"); // by hand: nothing but the return itself can end it
        add(db, 1);
        throw std::runtime_error{"in the middle"};
    } catch (const std::runtime_error&) {
    }
    auto next = manager.template acquire<"database">();
    EXPECT_EQ(next.get(), session) << "it is the same session";
    EXPECT_FALSE(next->in_transaction());
    EXPECT_EQ(content(*next), contents{});
    add(*next, 2);
    next.release();
    EXPECT_EQ(content(*manager.template acquire<"database">()), contents{2}) << "which committed by itself";
    EXPECT_EQ(manager.template metrics<"database">().creations, 1U);
}

TYPED_TEST(transactions, left_failed_are_rolled_back_too)
{
    auto manager = this->pool_of(1);
    if (TypeParam::own_database_per_adapter)
        make_table(*manager.template acquire<"database">());
    {
        auto db = manager.template acquire<"database">();
        auto transaction = db->transaction();
        auto inner = db->transaction();
        add(*db, 1);
        EXPECT_THROW(add(*db, 1), database_error);
        db.release(); // before both
    }
    auto next = manager.template acquire<"database">();
    EXPECT_FALSE(next->in_transaction());
    add(*next, 2);
    EXPECT_EQ(content(*next), contents{2});
    EXPECT_EQ(manager.template metrics<"database">().creations, 1U);
}

} // namespace
