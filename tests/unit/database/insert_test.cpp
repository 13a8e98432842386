// SPDX-License-Identifier: BSL-1.0
#include "sqlite_fixture.hpp"

#include <cstddef>
#include <cstdint>
#include <list>
#include <optional>
#include <ranges>
#include <stdexcept>
#include <string>
#include <string_view>
#include <tuple>
#include <variant>
#include <vector>

using namespace steward::test;

namespace {

struct person {
    std::int64_t id;
    std::string name;
    std::optional<double> height;
};
struct view_of_a_person {
    int id;
    std::string_view name;
    const char* height;
};

class people : public in_memory {
protected:
    people() { db.execute("create table people (id integer primary key, name text not null, height real)"); }
    int count() { return db.query_one<int>("select count(*) from people"); }
};

TEST_F(people, a_vector_of_aggregates)
{
    const std::vector<person> all{{1, "Ада", std::nullopt}, {2, "O'Hara", 1.8}, {3, "", 0.0}};
    EXPECT_EQ(db.insert("people", all), 3u);
    EXPECT_EQ(db.query_one<std::string>("select group_concat(name, '|') from people"), "Ада|O'Hara|");
}

TEST_F(people, an_empty_range_inserts_nothing)
{
    EXPECT_EQ(db.insert("people", std::vector<person>{}), 0u);
    EXPECT_FALSE(db.in_transaction());
}

TEST_F(people, views_lists_tuples_and_rows_that_only_point_somewhere)
{
    EXPECT_EQ(db.insert("people", std::list<std::tuple<int, const char*, float>>{{1, "a", 1.5f}}), 1u);
    EXPECT_EQ(db.insert("people", std::vector<view_of_a_person>{{2, std::string_view{"bcd"}.substr(0, 1), nullptr}}),
              1u);
    EXPECT_EQ(db.insert("people", std::views::iota(3, 6)
                                      | std::views::transform([](int i) { return person{i, std::to_string(i), {}}; })),
              3u);
    EXPECT_EQ(db.query_one<std::string>("select group_concat(name, '') from people"), "ab345");
}

TEST_F(people, some_columns_by_name)
{
    EXPECT_EQ(db.insert("people", {"name", "height"}, std::vector<std::pair<std::string, double>>{{"x", 1}, {"y", 2}}),
              2u);
    EXPECT_EQ(db.query_one<int>("select max(id) from people"), 2) << "the id was left to the table";
}

TEST_F(people, single_values)
{
    EXPECT_EQ(db.insert("people", {"name"}, std::vector<std::string>{"a", "b"}), 2u);
    EXPECT_EQ(count(), 2);
}

TEST_F(people, a_violated_constraint_leaves_nothing_behind)
{
    const std::vector<person> twice{{1, "a", {}}, {2, "b", {}}, {1, "c", {}}};
    EXPECT_EQ(error_of([&] { db.insert("people", twice); }).code(), database_errc::unique_violation);
    EXPECT_EQ(count(), 0);
    EXPECT_FALSE(db.in_transaction());
}

TEST_F(people, an_exception_of_the_range_leaves_nothing_behind)
{
    auto failing = std::views::iota(1, 10) | std::views::transform([](int i) {
                       if (i == 5)
                           throw std::runtime_error{"the source broke"};
                       return person{i, "x", {}};
                   });
    EXPECT_THROW(db.insert("people", failing), std::runtime_error);
    EXPECT_EQ(count(), 0);
}

TEST_F(people, inside_a_transaction_only_the_insert_is_undone)
{
    auto transaction = db.transaction();
    db.execute("insert into people values (1, 'first', null)");
    EXPECT_THROW(db.insert("people", std::vector<person>{{2, "b", {}}, {1, "c", {}}}), database_error);
    db.insert("people", std::vector<person>{{3, "c", {}}});
    transaction.commit();
    EXPECT_EQ(count(), 2);
}

TEST_F(people, from_a_query_on_the_same_session)
{
    db.insert("people", std::vector<person>{{1, "a", 1.0}, {2, "b", {}}});
    db.execute("create table copies (id, name, height)");
    EXPECT_EQ(db.insert("copies", db.query<person>("select * from people")), 2u);
    EXPECT_EQ(db.query_one<int>("select count(*) from copies"), 2);
}

TEST_F(people, a_table_name_is_an_identifier_and_never_sql)
{
    db.execute("create table \"strange \"\"name\"\"; drop table people\" (a)");
    EXPECT_EQ(db.insert("strange \"name\"; drop table people", std::vector<int>{1}), 1u);
    EXPECT_EQ(db.insert("main.people", std::vector<person>{{1, "a", {}}}), 1u);
    EXPECT_EQ(error_of([&] { db.insert("people values (1); --", std::vector<int>{1}); }).code(),
              database_errc::invalid_statement);
    EXPECT_EQ(count(), 1);
}

TEST_F(people, a_row_of_the_wrong_width_is_an_error)
{
    EXPECT_EQ(error_of([&] { db.insert("people", std::vector<int>{1}); }).code(), database_errc::invalid_statement);
    const auto error = error_of([&] { db.insert("people", {"id", "name"}, std::vector<int>{1}); });
    EXPECT_EQ(error.code(), database_errc::wrong_arguments);
    EXPECT_TRUE(contains(error.what(), "the row type has 1 fields, but 2 columns were named")) << error.what();
}

TEST_F(people, giving_the_session_back_in_the_middle_is_noticed)
{
    auto treacherous = std::views::iota(1, 10) | std::views::transform([this](int i) {
                           if (i == 5)
                               adapter.reset(db);
                           return person{i, "x", {}};
                       });
    EXPECT_EQ(error_of([&] { db.insert("people", treacherous); }).code(), database_errc::expired);
    EXPECT_EQ(count(), 0);
}

TEST_F(in_memory, rows_may_be_ranges_whose_width_is_known_at_run_time)
{
    db.execute("create table t (id integer, a, b)");
    using field = std::variant<std::int64_t, std::string_view, std::nullptr_t>;
    const std::vector<std::vector<field>> rows{{std::int64_t{1}, "one", nullptr}, {std::int64_t{2}, nullptr, "two"}};
    EXPECT_EQ(db.insert("t", rows), 2);
    EXPECT_EQ(db.query_one<int>("select count(*) from t where id = 2 and a is null and b = 'two'"), 1);
    EXPECT_EQ(db.insert("t", {"id"}, std::vector<std::vector<std::string>>{{"3"}}), 1);
    EXPECT_EQ(db.insert("t", std::vector<std::vector<int>>{}), 0);
}

TEST_F(in_memory, ranges_of_different_widths_are_refused_and_nothing_is_inserted)
{
    db.execute("create table t (a, b)");
    const std::vector<std::vector<int>> rows{{1, 2}, {3}};
    const auto error = error_of([&] { db.insert("t", rows); });
    EXPECT_EQ(error.code(), database_errc::wrong_arguments);
    EXPECT_TRUE(contains(error.what(), "row 2 has 1 fields, expected 2")) << error.what();
    EXPECT_EQ(db.query_one<int>("select count(*) from t"), 0);
}

TEST_F(in_memory, an_identifier_is_quoted_as_the_database_wants) { EXPECT_EQ(db.quoted("a \"b\""), "\"a \"\"b\"\"\""); }

} // namespace
