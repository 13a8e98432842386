// SPDX-License-Identifier: BSL-1.0
#include "backends.hpp"

#include <string>
#include <string_view>
#include <tuple>
#include <vector>

using namespace steward::test;

namespace {

template <class Backend>
class constraints : public on_backend<Backend> {
protected:
    void SetUp() override
    {
        on_backend<Backend>::SetUp();
        if (this->IsSkipped())
            return;
        auto& db = this->db();
        db.execute("create table parent (id integer primary key)");
        db.execute("create table t (a integer primary key, b integer unique, c integer not null, "
                   "d integer check (d > 0), e integer, foreign key (e) references parent (id))");
        db.execute("insert into parent values (1)");
        db.execute("insert into t values (1, 1, 1, 1, 1)");
    }

    /// What an insert of that row says, one by one and in bulk.
    template <class... T>
    void expect(database_errc code, T... values)
    {
        auto& db = this->db();
        for (const auto& error :
             {error_of([&] { db.execute("insert into t values (?, ?, ?, ?, ?)", values...); }),
              error_of([&] { db.insert("t", std::vector<std::tuple<T...>>{std::tuple{values...}}); })}) {
            EXPECT_EQ(error.code(), code) << error.what();
            EXPECT_FALSE(error.retriable());
            EXPECT_TRUE(error.native_code() != 0 || !error.sql_state().empty()) << "the backend's own code is there";
            EXPECT_TRUE(std::string_view{error.what()}.starts_with("database: ")) << error.what();
        }
        EXPECT_EQ(this->count("t"), 1);
    }
};
TYPED_TEST_SUITE(constraints, all_backends, name_of_backend);

TYPED_TEST(constraints, say_unique)
{
    this->expect(database_errc::unique_violation, 1, 2, 1, 1, 1);
    this->expect(database_errc::unique_violation, 2, 1, 1, 1, 1);
}
TYPED_TEST(constraints, say_not_null) { this->expect(database_errc::not_null_violation, 2, 2, nullptr, 1, 1); }
TYPED_TEST(constraints, say_check) { this->expect(database_errc::check_violation, 2, 2, 1, 0, 1); }
TYPED_TEST(constraints, say_foreign_key) { this->expect(database_errc::foreign_key_violation, 2, 2, 1, 1, 99); }
TYPED_TEST(constraints, say_foreign_key_for_the_other_end_too)
{
    EXPECT_EQ(error_of([&] { this->db().execute("delete from parent where id = ?", 1); }).code(),
              database_errc::foreign_key_violation);
    EXPECT_EQ(error_of([&] { this->db().execute("update t set e = ?", 99); }).code(),
              database_errc::foreign_key_violation);
}

template <class Backend>
class mistakes : public on_backend<Backend> {};
TYPED_TEST_SUITE(mistakes, all_backends, name_of_backend);

TYPED_TEST(mistakes, in_a_statement_are_invalid_statements)
{
    auto& db = this->db();
    db.execute("create table t (a integer)");
    for (const char* sql : {"nonsense", "select * from nowhere", "select nothing from t", "insert into t values (1, 2)",
                            "select 'unterminated", "select (1", "", "  ", "-- nothing"}) {
        for (const auto& error :
             {error_of([&] { db.execute(sql); }), error_of([&] { (void)db.template query<int>(sql); }),
              error_of([&] { (void)db.prepare(sql); })}) {
            EXPECT_EQ(error.code(), database_errc::invalid_statement) << error.what();
            EXPECT_FALSE(error.retriable());
        }
    }
    EXPECT_EQ(this->count("t"), 0) << "the session works on";
}

TYPED_TEST(mistakes, name_what_is_unknown_and_the_statement)
{
    const std::string text = error_of([&] { this->db().execute("insert into nowhere values (1)"); }).what();
    EXPECT_TRUE(text.starts_with("database: invalid statement: ")) << text;
    EXPECT_TRUE(text.ends_with("; the statement was: insert into nowhere values (1)")) << text;
}

TYPED_TEST(mistakes, in_a_long_statement_are_told_shortly)
{
    std::string sql = "select *\n\tfrom nowhere";
    for (int i = 0; i != 100; ++i)
        sql += ",\n   таблица";
    const std::string text = error_of([&] { this->db().execute(sql); }).what();
    EXPECT_LT(text.size(), 400U) << text;
    EXPECT_TRUE(text.ends_with("...")) << text;
    EXPECT_EQ(text.find('\n'), std::string::npos) << text;
}

TYPED_TEST(mistakes, in_the_number_of_arguments_are_found_before_anything_runs)
{
    auto& db = this->db();
    db.execute("create table t (a integer, b integer)");
    for (const auto& error : {error_of([&] { db.execute("insert into t values (?, ?)", 1); }),
                              error_of([&] { db.execute("insert into t values (?, ?)", 1, 2, 3); }),
                              error_of([&] { db.execute("insert into t values (1, 2)", 1); }),
                              error_of([&] { (void)db.template query<int>("select a from t where a = ?"); })})
        EXPECT_EQ(error.code(), database_errc::wrong_arguments) << error.what();
    EXPECT_EQ(this->count("t"), 0);
}

TYPED_TEST(mistakes, such_as_two_statements_at_once_run_neither)
{
    auto& db = this->db();
    db.execute("create table t (a integer)");
    EXPECT_EQ(error_of([&] { db.execute("insert into t values (1); insert into t values (2)"); }).code(),
              database_errc::invalid_statement);
    EXPECT_EQ(this->count("t"), 0);
    EXPECT_NO_THROW(db.execute("insert into t values (1); "));
}

} // namespace
