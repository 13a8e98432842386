// SPDX-License-Identifier: BSL-1.0
#include "flat_file_fixture.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

using namespace steward::test;

namespace {

class csv_file : public in_folder {
protected:
    /// The error about t.csv with that content.
    [[nodiscard]] std::string refusal_of(std::string_view content) const
    {
        write("t.csv", content);
        const database_error error = refusal();
        EXPECT_EQ(error.code(), database_errc::corrupt) << error.what();
        return error.what();
    }
    template <class Row>
    [[nodiscard]] Row row_of(std::string_view content, const char* sql) const
    {
        write("t.csv", content);
        flat_database adapter{for_reading()};
        return adapter.create().query_one<Row>(sql);
    }
    [[nodiscard]] std::string types_of(std::string_view content) const
    {
        return row_of<std::string>(content, "select group_concat(typeof(a), ' ') from t");
    }
};

TEST_F(csv_file, is_a_table_of_its_name_whose_columns_are_in_its_first_line)
{
    write("person.csv", "id,name\n1,Ada\n2,Linus\n");
    flat_database adapter{settings()};
    auto db = adapter.create();
    EXPECT_EQ(db.query_one<std::string>("select name from person where id = 2"), "Linus");
    EXPECT_EQ(db.query_one<int>("select count(*) from person"), 2);
}

TEST_F(csv_file, may_have_no_line_end_behind_its_last_record)
{
    EXPECT_EQ(row_of<int>("a\n1\n2", "select sum(a) from t"), 3);
    EXPECT_EQ(row_of<int>("a", "select count(*) from t"), 0);
}

TEST_F(csv_file, may_have_the_line_ends_of_other_systems)
{
    EXPECT_EQ(row_of<std::string>("a,b\r\n1,x\r\n2,y\r\n", "select group_concat(a || b) from t"), "1x,2y");
}

TEST_F(csv_file, may_begin_with_a_byte_order_mark)
{
    EXPECT_EQ(row_of<int>("\xef\xbb\xbfid\n7\n", "select id from t"), 7);
}

TEST_F(csv_file, has_commas_quotes_and_line_ends_in_quoted_fields)
{
    EXPECT_EQ(row_of<std::string>("a,b\n\"x,\"\"y\"\"\r\nz\",1\n", "select a from t"), "x,\"y\"\r\nz");
    EXPECT_EQ(row_of<int>("a,b\n\"\n\",1\n", "select b from t"), 1);
}

TEST_F(csv_file, tells_null_from_an_empty_text)
{
    using row = std::tuple<std::optional<std::string>, std::optional<std::string>>;
    EXPECT_EQ(row_of<row>("a,b\n,\"\"\n", "select a, b from t"), (row{std::nullopt, ""}));
}

TEST_F(csv_file, of_one_column_has_null_in_an_empty_line) { EXPECT_EQ(types_of("a\n\n1\n\n"), "null integer null"); }

TEST_F(csv_file, has_numbers_where_they_look_like_numbers)
{
    EXPECT_EQ(types_of("a\n0\n-12\n1.5\n1e3\n-0.0\n9223372036854775807\n9e999\n"),
              "integer integer real real real integer real");
}

TEST_F(csv_file, has_texts_where_a_number_would_lose_something)
{
    EXPECT_EQ(types_of("a\n007\n+1\n-0\n1.\n.5\n0x10\n9223372036854775808\n1e\n 1\n\"12\"\n"),
              "text text text text text text text text text text");
}

TEST_F(csv_file, has_blobs_where_they_look_like_blobs)
{
    EXPECT_EQ(types_of("a\nx'00ff'\nx''\n\"x'00ff'\"\nx'0'\nx'0g'\n"), "blob blob text text text");
    EXPECT_EQ(row_of<std::vector<std::byte>>("a\nx'00fF'\n", "select a from t"),
              (std::vector{std::byte{0}, std::byte{255}}));
}

TEST_F(csv_file, keeps_zeros_in_front_where_the_schema_says_text)
{
    write("schema.sql", "create table t (zip text, n integer);");
    EXPECT_EQ(row_of<std::string>("zip,n\n02134,7\n", "select zip || typeof(zip) || typeof(n) from t"),
              "02134textinteger");
}

TEST_F(csv_file, may_have_its_columns_in_another_order_than_the_schema)
{
    write("schema.sql", "create table t (a text, b integer);");
    EXPECT_EQ(row_of<std::string>("B,a\n1,x\n", "select a || b from t"), "x1");
}

TEST_F(csv_file, is_refused_with_the_line_where_a_record_has_other_fields_than_the_header)
{
    EXPECT_TRUE(contains(refusal_of("a,b\n1,\"\n\"\n1\n"), "t.csv:4: expected 2 fields, got 1"));
    EXPECT_TRUE(contains(refusal_of("a,b\n1,2,3\n"), "t.csv:2: expected 2 fields, got 3"));
    EXPECT_TRUE(contains(refusal_of("a,b\n\n"), "t.csv:2: expected 2 fields, got 1"));
}

TEST_F(csv_file, is_refused_with_the_line_of_a_quotation_mark_in_a_wrong_place)
{
    EXPECT_TRUE(contains(refusal_of("a\nx\"y\n"), "t.csv:2: expected quotation marks around the whole field"));
    EXPECT_TRUE(contains(refusal_of("a\n\"x\"y\n"), "t.csv:2: expected a comma or the end of the line"));
    EXPECT_TRUE(contains(refusal_of("a\n1\n\"x\n\n\n"), "t.csv:3: expected a quotation mark at the end"));
    EXPECT_TRUE(contains(refusal_of("a\nx\ry\n"), "t.csv:2: expected a line feed"));
}

TEST_F(csv_file, is_refused_with_the_line_of_bytes_that_are_not_utf8)
{
    for (const char* const bad : {"\xff", "\xc0\x80", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xe2\x82"})
        EXPECT_TRUE(contains(refusal_of(std::string{"a\nx\n"} + bad + "\n"), "t.csv:3: expected UTF-8")) << bad;
    EXPECT_EQ(row_of<std::string>("a\nА€😀\n", "select a from t"), "А€😀");
}

TEST_F(csv_file, is_refused_without_a_header)
{
    EXPECT_TRUE(contains(refusal_of(""), "t.csv:1: expected a header"));
    EXPECT_TRUE(contains(refusal_of("\n"), "t.csv:1: expected a header"));
    EXPECT_TRUE(contains(refusal_of("a,A\n"), "t.csv:1: expected a header: names of columns, all different"));
}

TEST_F(csv_file, is_refused_without_its_content_in_the_message)
{
    write("schema.sql", "create table t (id integer, name text);");
    const std::string said = refusal_of("1,geheim\n2,secret\n");
    EXPECT_TRUE(contains(said, "t.csv:1: expected a header with the columns of schema.sql: id name")) << said;
    EXPECT_FALSE(contains(said, "geheim"));
}

TEST_F(csv_file, is_refused_with_the_line_that_violates_a_constraint)
{
    write("schema.sql", "create table t (id integer primary key, name text not null);");
    write("t.csv", "id,name\n1,x\n1,y\n");
    const database_error twice = refusal();
    EXPECT_EQ(twice.code(), database_errc::unique_violation);
    EXPECT_TRUE(contains(twice.what(), "t.csv:3: ")) << twice.what();
    write("t.csv", "id,name\n1,x\n2,\n");
    EXPECT_EQ(refusal().code(), database_errc::not_null_violation);
}

TEST_F(csv_file, is_refused_where_a_foreign_key_leads_nowhere)
{
    write("schema.sql", "create table p (id integer primary key); create table t (p references p);");
    write("p.csv", "id\n1\n");
    write("t.csv", "p\n1\n2\n");
    const database_error error = refusal();
    EXPECT_EQ(error.code(), database_errc::foreign_key_violation);
    EXPECT_TRUE(contains(error.what(), "t.csv has a row that refers to a row of 'p'")) << error.what();
    flat_database tolerant{{.directory = directory.path().string(), .foreign_keys = false}};
    EXPECT_EQ(tolerant.create().query_one<int>("select count(*) from t"), 2);
}

} // namespace
