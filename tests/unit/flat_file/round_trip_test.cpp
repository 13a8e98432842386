// SPDX-License-Identifier: BSL-1.0
#include "flat_file_fixture.hpp"
#include "support/seed.hpp"

#include <cstddef>
#include <limits>
#include <optional>
#include <random>
#include <string>
#include <vector>

using namespace steward::test;

namespace {

std::string in_quotes(std::string_view name)
{
    std::string result{'"'};
    for (const char c : name)
        result.append(c == '"' ? 2 : 1, c);
    return result += '"';
}

/// Everything that a database holds, as SQL writes it.
std::string dump(steward::adapters::session& db)
{
    std::string result;
    std::vector<std::string> tables;
    for (auto&& [type, name, sql] : db.query<std::tuple<std::string, std::string, std::optional<std::string>>>(
             "select type, name, sql from sqlite_master where name not like 'sqlite_stat%' order by type, name")) {
        result.append(type).append(" ").append(name).append(" ").append(sql.value_or("")) += '\n';
        if (type == "table")
            tables.push_back(name);
    }
    for (const std::string& table : tables) {
        std::string columns;
        for (auto&& name : db.query<std::string>("select name from pragma_table_xinfo(?)", table)) {
            const std::string column = in_quotes(name);
            columns.append(columns.empty() ? "" : " || ',' || ");
            columns.append("quote(" + column + ") || typeof(" + column + ")");
        }
        result.append(table) += '\n';
        for (auto&& row : db.query<std::string>("select " + columns + " from " + in_quotes(table) + " not indexed"))
            result.append(row) += '\n';
    }
    return result;
}

class round_trip : public in_folder, public testing::WithParamInterface<flat_file_format> {
protected:
    /// What is in the folder, when it is opened anew.
    [[nodiscard]] std::string loaded() const
    {
        flat_database adapter{for_reading()};
        auto db = adapter.create();
        return dump(db);
    }
    void expect_same_after(std::initializer_list<const char*> statements) const
    {
        std::string expected;
        {
            flat_database adapter{settings(GetParam())};
            auto db = adapter.create();
            for (const char* const statement : statements)
                db.execute(statement);
            expected = dump(db);
        }
        EXPECT_EQ(loaded(), expected);
    }
};
INSTANTIATE_TEST_SUITE_P(in, round_trip, testing::Values(flat_file_format::csv, flat_file_format::json_lines),
                         [](const auto& format) {
                             return format.param == flat_file_format::csv ? "csv" : "json_lines";
                         });

TEST_P(round_trip, keeps_each_value_with_its_type_in_a_column_of_any_type)
{
    for (const char* const type :
         {"", "integer", "real", "numeric", "text", "blob", "varchar(20)", "double precision"}) {
        std::string expected;
        {
            flat_database adapter{settings(GetParam())};
            auto db = adapter.create();
            auto transaction = db.transaction(); // to wait for the disk once
            db.execute("drop table if exists t");
            db.execute(std::string{"create table t (a "} + type + ")");
            for (const double number :
                 {0.0, -0.0, 0.1, 1.0, 1e300, 5e-324, 1e15, 1e16, 12345678901234567.0,
                  std::numeric_limits<double>::infinity(), -std::numeric_limits<double>::infinity(),
                  std::numeric_limits<double>::max(), 9007199254740993.0})
                db.execute("insert into t values (?)", number);
            for (const std::int64_t number : {std::int64_t{0}, INT64_MAX, INT64_MIN, std::int64_t{-1}})
                db.execute("insert into t values (?)", number);
            for (const std::string text : {"",        " ",
                                           "0",       "-0",
                                           "12",      "1.50",
                                           "1e5",     "9e999",
                                           "x'00'",   "x'0'",
                                           "NULL",    "null",
                                           "a,b",     "\"",
                                           "\"\"",    "'",
                                           "\r\n",    "\r",
                                           "\n",      "007",
                                           "+1",      "\xef\xbb\xbfx",
                                           "Ада😀",   "\\",
                                           "\\u0041", "\x01\x7f\t",
                                           "true",    "9223372036854775808",
                                           "0x10",    "{\"$blob\": \"00\"}",
                                           " 12 ",    "inf",
                                           "nan"})
                db.execute("insert into t values (?)", text);
            db.execute("insert into t values (?)", std::string{"a\0b", 3});
            db.execute("insert into t values (?)", std::vector<std::byte>{});
            db.execute("insert into t values (?)", std::vector{std::byte{0}, std::byte{255}, std::byte{0x41}});
            db.execute("insert into t values (null)");
            transaction.commit();
            expected = dump(db);
        }
        EXPECT_EQ(loaded(), expected) << type;
    }
}

TEST_P(round_trip, keeps_constraints_indexes_views_triggers_and_counters)
{
    expect_same_after(
        {"create table p (id integer primary key autoincrement, n text unique not null default 'x,y', "
         "c check (c > 0) -- a comment\n)",
         "create table t (a references p on delete cascade, b text collate nocase, primary key (a, b)) without rowid",
         "create table s (a int, b any) strict", "create table g (a, b as (a + 1), c as (a + 2) stored)",
         "create index i on p (c desc) where c > 3", "create view v as select * from p -- all",
         "create trigger r after insert on p begin insert into t values (new.id, 'by; trigger'); end",
         "insert into p (n, c) values ('a', 1), ('b', 2)", "insert into s values (1, 1), (2, '1'), (3, 1.0)",
         "insert into g values (1), (2)", "delete from p where id = 2", "pragma user_version = 7"});
    flat_database adapter{settings()};
    auto db = adapter.create();
    EXPECT_EQ(db.query_one<int>("insert into p (n) values ('next') returning id"), 3) << "2 was used before";
    EXPECT_EQ(db.query_one<int>("select count(*) from t"), 2);
    EXPECT_EQ(db.query_one<int>("pragma user_version"), 7);
    EXPECT_EQ(error_of([&] { db.execute("insert into p (n) values ('a')"); }).code(), database_errc::unique_violation);
}

TEST_P(round_trip, keeps_names_of_all_kinds)
{
    expect_same_after({R"(create table "a b.c'""d;é" ("x,y", "1", "", "a""b", "\"))",
                       R"(insert into "a b.c'""d;é" values (1, 2, 3, 4, 5))", R"(create table "plain" ("a,b","c"))",
                       R"(insert into plain values (1, 2))", R"(create table "unnamed" (""))"});
}

TEST_P(round_trip, keeps_a_table_without_rows)
{
    expect_same_after({"create table t (a integer, b)", "create table \"plain\" (\"a\",\"b\")",
                       "insert into t values (1, 2)", "delete from t"});
}

TEST_P(round_trip, keeps_the_order_of_rows_though_an_index_has_another)
{
    expect_same_after({"create table t (a)", "create index i on t (a)", "insert into t values (3), (1), (2)"});
}

TEST_P(round_trip, keeps_tables_that_were_altered_renamed_and_dropped)
{
    expect_same_after({"create table t (a, b)", "insert into t values (1, 2)", "create table gone (a)",
                       "create table other (x)", "insert into other values (1)"});
    expect_same_after({"alter table t add column c default 7", "alter table t drop column a",
                       "alter table t rename column b to d", "alter table other rename to another", "drop table gone",
                       "begin", "drop table another", "create table another (x)", "commit"});
}

TEST_P(round_trip, misses_nothing_that_a_statement_changes_elsewhere)
{
    expect_same_after({"create table p (id integer primary key)",
                       "create table c (p references p on delete cascade on update set null)", "create table log (a)",
                       "create table w (a primary key) without rowid",
                       "create trigger r after delete on c begin insert into log values (old.p); end",
                       "create view v as select 1 as a",
                       "create trigger iv instead of insert on v begin update w set a = a + 100; end",
                       "insert into p values (1), (2), (3)", "insert into c values (1), (2), (3)",
                       "insert into w values (1), (2)"});
    expect_same_after({"delete from p where id = 1"});
    expect_same_after({"update p set id = 9 where id = 2"});
    expect_same_after({"insert into v values (0)"});
    expect_same_after(
        {"create temp trigger tt after insert on p begin delete from w; end", "insert into p values (17)"});
    expect_same_after(
        {"insert or replace into w values (1)", "insert into w values (1) on conflict do update set a = 5"});
    expect_same_after({"pragma foreign_keys = 0", "delete from p where id = 3", "insert into p values (3)",
                       "pragma foreign_keys = 1", "delete from p where id = 3"});
    expect_same_after({"delete from log"}); // SQLite cuts the whole table off
}

TEST_P(round_trip, keeps_whatever_texts_there_are)
{
    std::mt19937_64 random{seed()};
    static constexpr std::string_view alphabet{"0123456789+-.eExX'\",\r\n\\ {}[]:ntfu$\t\0", 36};
    std::string expected;
    {
        flat_database adapter{settings(GetParam())};
        auto db = adapter.create();
        db.execute("create table t (a, b text, c numeric)");
        std::vector<std::tuple<std::string, std::string, std::string>> rows(3'000);
        const auto any = [&] {
            std::string text;
            for (auto size = random() % 8; size != 0; --size)
                text += alphabet[random() % alphabet.size()];
            return (random() % 20 == 0 ? "\xef\xbb\xbf" : "") + text;
        };
        for (auto& [a, b, c] : rows)
            a = any(), b = any(), c = any();
        db.insert("t", rows);
        expected = dump(db);
    }
    EXPECT_EQ(loaded(), expected) << how_to_repeat();
}

} // namespace
