// SPDX-License-Identifier: BSL-1.0
#include "../../../adapters/database/src/sql_text.hpp"

#include <gtest/gtest.h>

using namespace steward::adapters::detail;

namespace {

TEST(sql_text, tokens_keep_quotes_and_comments_together)
{
    EXPECT_EQ(first_token("'it''s; --' rest").text, "'it''s; --'");
    EXPECT_EQ(first_token("\"a \"\"b\"\"\" rest").text, "\"a \"\"b\"\"\"");
    EXPECT_EQ(first_token("`a``b` rest").text, "`a``b`");
    EXPECT_EQ(first_token("[a]] rest").text, "[a]");
    EXPECT_EQ(first_token("-- ; '\nrest").text, "-- ; '\n");
    EXPECT_EQ(first_token("/* ; ' */rest").text, "/* ; ' */");
    EXPECT_EQ(first_token("word'text'").text, "word");
    EXPECT_EQ(first_token("-1").text, "-");
}

TEST(sql_text, what_is_not_closed_reaches_to_the_end)
{
    for (const char* text : {"'a", "'a''", "\"a", "[a", "/* a", "-- a", "'", "/*"})
        EXPECT_EQ(first_token(text).text, text);
}

TEST(sql_text, blanks_comments_and_separators_say_nothing)
{
    EXPECT_TRUE(says_nothing(""));
    EXPECT_TRUE(says_nothing(" ;\n-- a\n/* b */;"));
    EXPECT_FALSE(says_nothing("; x"));
    EXPECT_FALSE(says_nothing("''"));
}

TEST(sql_text, literals_are_masked)
{
    EXPECT_EQ(without_literals("a = 'b' and \"c\" = 'd''e'"), "a = '***' and \"c\" = '***'");
    EXPECT_EQ(without_literals("a = 'b"), "a = '***'");
    EXPECT_EQ(without_literals(R"(a = 'b\' or c = 'd' or e)"), "a = '***' or e");
    EXPECT_EQ(without_literals(R"(a \ b)"), R"(a \ b)");
}

TEST(sql_text, a_statement_is_shown_on_one_line)
{
    EXPECT_EQ(shortened("  select 1\n\n  -- why\n  from t  "), "select 1 from t");
    EXPECT_EQ(shortened(""), "");
}

TEST(sql_text, a_long_statement_is_cut_between_characters)
{
    std::string sql = "s";
    for (int i = 0; i != 300; ++i)
        sql += "ж";
    const std::string cut = shortened(sql);
    EXPECT_EQ(cut, sql.substr(0, 199) + "...");
}

} // namespace
