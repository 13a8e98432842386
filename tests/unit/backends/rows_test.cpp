// SPDX-License-Identifier: BSL-1.0
#include "backends.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <utility>
#include <vector>

using namespace steward::test;

namespace {

struct person {
    std::int64_t id;
    std::string name;
    std::optional<double> height;

    friend bool operator==(const person&, const person&) = default;
};

template <class Backend>
class rows : public on_backend<Backend> {
protected:
    void SetUp() override
    {
        on_backend<Backend>::SetUp();
        if (this->IsSkipped())
            return;
        this->db().execute("create table people (id integer primary key, name " + std::string{Backend::text}
                           + ", height " + std::string{Backend::real} + ")");
        this->db().insert("people", everybody);
    }

    const std::vector<person> everybody{{1, "Ада", std::nullopt}, {2, "O'Hara", 1.8}, {3, "", 0.0}};
    static constexpr std::string_view all = "select id, name, height from people order by id";
};
TYPED_TEST_SUITE(rows, all_backends, name_of_backend);

TYPED_TEST(rows, are_aggregates)
{
    std::vector<person> read;
    for (person& each : this->db().template query<person>(this->all))
        read.push_back(std::move(each));
    EXPECT_EQ(read, this->everybody);
}

TYPED_TEST(rows, are_tuples_and_single_values)
{
    using row = std::tuple<int, std::string, std::optional<float>>;
    auto result = this->db().template query<row>(this->all);
    EXPECT_EQ(*result.begin(), (row{1, "Ада", std::nullopt}));
    EXPECT_EQ(this->db().template query_one<std::string>("select name from people where id = ?", 2), "O'Hara");
}

TYPED_TEST(rows, have_as_many_fields_as_the_statement_has_columns)
{
    auto& db = this->db();
    for (const auto& error : {error_of([&] { (void)db.template query<std::pair<int, std::string>>(this->all); }),
                              error_of([&] { (void)db.template query_one<int>("select id, name from people"); }),
                              error_of([&] { (void)db.template query_one<person>("select id from people"); })})
        EXPECT_EQ(error.code(), database_errc::wrong_row) << error.what();
    EXPECT_EQ(this->count("people"), 3);
}

TYPED_TEST(rows, of_a_statement_without_columns_are_an_error)
{
    EXPECT_EQ(error_of([&] { (void)this->db().template query<int>("delete from people"); }).code(),
              database_errc::wrong_row);
    EXPECT_EQ(this->count("people"), 3) << "it has not run";
}

TYPED_TEST(rows, with_a_wrong_value_end_the_result_and_leave_the_session_usable)
{
    auto result = this->db().template query<std::pair<int, double>>("select id, height from people order by id desc");
    auto row = result.begin();
    ++row;
    EXPECT_EQ(row->first, 2);
    const auto error = error_of([&] { ++row; });
    EXPECT_EQ(error.code(), database_errc::wrong_row);
    EXPECT_NE(std::string_view{error.what()}.find("height"), std::string_view::npos) << error.what();
    EXPECT_TRUE(row == result.end());
    EXPECT_EQ(this->count("people"), 3);
}

TYPED_TEST(rows, that_should_be_one_are_counted)
{
    auto& db = this->db();
    EXPECT_EQ(error_of([&] { (void)db.template query_one<int>("select id from people where id = ?", 99); }).code(),
              database_errc::no_row);
    EXPECT_EQ(error_of([&] { (void)db.template query_one<int>("select id from people"); }).code(),
              database_errc::too_many_rows);
    EXPECT_EQ(db.template query_optional<int>("select id from people where id = ?", 99), std::nullopt);
    EXPECT_EQ(db.template query_optional<int>("select id from people where id = ?", 2), 2);
    EXPECT_EQ(error_of([&] { (void)db.template query_optional<int>("select id from people"); }).code(),
              database_errc::too_many_rows);
}

TYPED_TEST(rows, that_a_statement_changed_are_counted)
{
    auto& db = this->db();
    EXPECT_EQ(db.execute("insert into people values (?, ?, ?)", 4, "new", 1.5), 1U);
    EXPECT_EQ(db.execute("update people set height = ? where id > ?", 2.5, 2), 2U);
    EXPECT_EQ(db.execute("update people set height = ? where id > ?", 2.5, 99), 0U);
    EXPECT_EQ(db.execute("delete from people where id <= ?", 3), 3U);
    EXPECT_EQ(db.execute("delete from people where id <= ?", 3), 0U);
}

TYPED_TEST(rows, that_an_update_leaves_as_they_were_count_too)
{
    EXPECT_EQ(this->db().execute("update people set height = height"), 3U);
}

TYPED_TEST(rows, that_execute_does_not_want_are_dropped)
{
    this->db().execute(this->all);
    EXPECT_EQ(this->count("people"), 3);
}

TYPED_TEST(rows, are_chosen_by_arguments_of_every_kind)
{
    auto& db = this->db();
    EXPECT_EQ(db.template query_one<int>("select id from people where name = ?", "Ада"), 1);
    EXPECT_EQ(db.template query_one<int>("select id from people where name = ?", ""), 3);
    EXPECT_EQ(db.template query_one<int>("select id from people where height > ? and height < ?", 1.7, 1.9), 2);
    EXPECT_EQ(db.template query_one<int>("select count(*) from people where height is null or name = ?", nullptr), 1);
    EXPECT_EQ(db.template query_one<int>("select count(*) from people where id in (?, ?, ?)", 1, 3, 5), 2);
}

} // namespace
