// SPDX-License-Identifier: BSL-1.0
#include <postgresql/sql.hpp>

#include <steward/adapters/database/error.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

using steward::adapters::database_error;
using steward::adapters::detail::pg::translate;
using testing::HasSubstr;
using testing::Not;

namespace {

std::string sql_of(std::string_view sql) { return translate(sql).sql; }

TEST(postgresql_sql, question_marks_become_numbered_placeholders)
{
    EXPECT_EQ(sql_of("select ?, ? where a=?"), "select $1, $2 where a=$3");
}

TEST(postgresql_sql, two_question_marks_are_the_operator)
{
    EXPECT_EQ(sql_of("select a ?? ?"), "select a ? $1");
    EXPECT_EQ(sql_of("select a ??| ?"), "select a ?| $1");
}

TEST(postgresql_sql, what_is_quoted_stays_as_it_is)
{
    for (const char* const quoted : {"'?'", "'it''s ?'", "\"?\"", "\"a\"\"?\"", "E'\\'?'", "e'\\\\'", "$$?$$",
                                     "$a$ $$ ? $a$", "-- ?\n", "/* ? /* ? */ ? */", "U&'?'", "a$b$"})
        EXPECT_EQ(sql_of(std::string{"select "} + quoted + "+ ?"), std::string{"select "} + quoted + "+ $1") << quoted;
}

TEST(postgresql_sql, arrays_are_no_identifiers) { EXPECT_EQ(sql_of("select a[?]"), "select a[$1]"); }

TEST(postgresql_sql, numbered_placeholders_are_left_alone) { EXPECT_EQ(sql_of("select $1, $2"), "select $1, $2"); }

TEST(postgresql_sql, what_is_not_closed_reaches_to_the_end)
{
    for (const char* const open : {"'?", "\"?", "$$?", "/* ? /* */", "-- ?"})
        EXPECT_EQ(sql_of(std::string{"select 1 "} + open), std::string{"select 1 "} + open) << open;
}

TEST(postgresql_sql, no_literal_is_shown)
{
    for (const char* const sql : {"select 'secret'", "select E'\\'secret'", "select $$secret$$", "select $a$secret$a$",
                                  "select array['secret']", "select 'a' 'secret", "select $$secret"})
        EXPECT_THAT(translate(sql).shown, Not(HasSubstr("secret"))) << sql;
}

TEST(postgresql_sql, a_text_without_a_statement_is_refused)
{
    for (const char* const sql : {"", " ", ";", "-- nothing", "/* nothing */ ;"})
        EXPECT_THROW(static_cast<void>(translate(sql)), database_error) << sql;
}

TEST(postgresql_sql, copy_from_or_to_the_client_is_refused)
{
    EXPECT_THROW(static_cast<void>(translate("copy t from stdin")), database_error);
    EXPECT_THROW(static_cast<void>(translate("/* a */ COPY (select 1) TO STDOUT")), database_error);
    EXPECT_NO_THROW(static_cast<void>(translate("copy t from '/a/file'")));
    EXPECT_NO_THROW(static_cast<void>(translate("select stdin from copy")));
}

TEST(postgresql_sql, knows_what_ends_a_transaction)
{
    EXPECT_TRUE(translate("commit").ends_transaction);
    EXPECT_TRUE(translate(" -- a\n END work").ends_transaction);
    EXPECT_TRUE(translate("prepare transaction 'a'").ends_transaction);
    EXPECT_FALSE(translate("prepare a as select 1").ends_transaction);
    EXPECT_FALSE(translate("rollback").ends_transaction);
    EXPECT_FALSE(translate("insert into commit values (1)").ends_transaction);
}

TEST(postgresql_sql, knows_what_only_reads)
{
    EXPECT_TRUE(translate("SELECT 1").reads);
    EXPECT_TRUE(translate("(select 1)").reads);
    EXPECT_FALSE(translate("with a as (delete from t returning *) select * from a").reads);
    EXPECT_FALSE(translate("insert into t values (1) returning 1").reads);
}

} // namespace
