// SPDX-License-Identifier: BSL-1.0
#include "flat_file_fixture.hpp"

#include <string>

using namespace steward::test;

namespace {

class json_lines_file : public in_folder {
protected:
    [[nodiscard]] std::string refusal_of(std::string_view content) const
    {
        write("t.jsonl", content);
        const database_error error = refusal();
        EXPECT_EQ(error.code(), database_errc::corrupt) << error.what();
        return error.what();
    }
    [[nodiscard]] std::string text_of(std::string_view content, const char* sql) const
    {
        write("t.jsonl", content);
        flat_database adapter{for_reading()};
        return adapter.create().query_one<std::string>(sql);
    }
};

TEST_F(json_lines_file, is_a_table_whose_columns_are_the_members_of_all_objects)
{
    EXPECT_EQ(
        text_of("{\"a\": 1}\n\n{\"b\": \"x\", \"a\": null}\n", "select group_concat(name) from pragma_table_info('t')"),
        "a,b");
    EXPECT_EQ(text_of("{\"a\": 1}\n{\"b\": \"x\"}\n", "select group_concat(typeof(a) || typeof(b)) from t"),
              "integernull,nulltext");
}

TEST_F(json_lines_file, has_the_types_of_json_and_blobs_and_infinity)
{
    EXPECT_EQ(text_of("{\"a\": 1}\n{\"a\": 1.0}\n{\"a\": \"1\"}\n{\"a\": true}\n{\"a\": null}\n"
                      "{\"a\": {\"$blob\": \"00ff\"}}\n{\"a\": {\"$real\": \"-inf\"}}\n{\"a\": -9223372036854775808}",
                      "select group_concat(typeof(a), ' ') from t"),
              "integer real text integer null blob real integer");
}

TEST_F(json_lines_file, has_all_characters)
{
    EXPECT_EQ(text_of(R"({"ключ": "\u0041\n\"А\ud83d\ude00"})", "select \"ключ\" from t"), "A\n\"А😀");
}

TEST_F(json_lines_file, is_refused_with_the_line_that_is_no_flat_object)
{
    EXPECT_TRUE(contains(refusal_of("{\"a\": 1}\n[1]\n"), "t.jsonl:2: expected an object whose members are"));
    EXPECT_TRUE(contains(refusal_of("{\"a\": [1]}\n"), "t.jsonl:1: expected an object whose members are"));
    EXPECT_TRUE(contains(refusal_of("{\"a\": {\"b\": 1}}\n"), "t.jsonl:1: expected an object whose members are"));
    EXPECT_TRUE(contains(refusal_of("{\"a\": {}}\n"), "t.jsonl:1: expected an object whose members are"));
    EXPECT_TRUE(contains(refusal_of("{\"a\": {\"$blob\": \"0\"}}\n"), "t.jsonl:1: expected an object"));
    EXPECT_TRUE(
        contains(refusal_of("{\"a\": {\"$blob\": \"00\", \"$blob\": \"00\"}}\n"), "t.jsonl:1: expected an object"));
    EXPECT_TRUE(contains(refusal_of("1\n"), "t.jsonl:1: expected an object"));
}

TEST_F(json_lines_file, is_refused_with_the_line_that_is_no_json)
{
    EXPECT_TRUE(contains(refusal_of("{\"a\": 1}\n{\"a\": 1\n"), "t.jsonl:2: expected a JSON object on one line"));
    EXPECT_TRUE(contains(refusal_of("{\"a\": 1} {\"a\": 2}\n"), "t.jsonl:1: expected a JSON object on one line"));
    EXPECT_TRUE(contains(refusal_of("{\"a\": \"\xff\"}\n"), "t.jsonl:1: expected UTF-8"));
}

TEST_F(json_lines_file, is_refused_with_a_number_that_does_not_fit)
{
    EXPECT_TRUE(contains(refusal_of("{\"a\": 9223372036854775808}\n"), "t.jsonl:1: expected an integer of at most"));
    EXPECT_TRUE(contains(refusal_of("{\"a\": 1e999}\n"), "t.jsonl:1: expected"));
    EXPECT_TRUE(contains(refusal_of("{\"a\": 123456789012345678901234567890}\n"), "t.jsonl:1: expected a number"));
}

TEST_F(json_lines_file, is_refused_where_a_member_is_there_twice_or_no_column)
{
    EXPECT_TRUE(contains(refusal_of("{\"a\": 1, \"a\": 2}\n"), "t.jsonl:1: expected members"));
    write("schema.sql", "create table t (a);");
    EXPECT_TRUE(contains(refusal_of("{\"a\": 1}\n{\"b\": 2}\n"), "t.jsonl:2: expected members"));
}

TEST_F(json_lines_file, is_refused_without_an_object_that_says_what_its_columns_are)
{
    EXPECT_TRUE(contains(refusal_of("\n"), "t.jsonl:1: expected an object, or the table in schema.sql"));
    write("schema.sql", "create table t (a);");
    EXPECT_EQ(text_of("", "select 'rows: ' || count(*) from t"), "rows: 0");
}

} // namespace
