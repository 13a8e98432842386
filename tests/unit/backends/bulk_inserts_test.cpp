// SPDX-License-Identifier: BSL-1.0
#include "backends.hpp"

#include <cstdint>
#include <optional>
#include <ranges>
#include <stdexcept>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

using namespace steward::test;

namespace {

using entry = std::tuple<std::int64_t, std::string, std::optional<double>>;

entry nth(std::int64_t i)
{
    return {i, "row " + std::to_string(i), i % 3 == 0 ? std::nullopt : std::optional{static_cast<double>(i) / 4}};
}

constexpr std::int64_t ten_thousand = 10'000;

template <class Backend>
class bulk_inserts : public on_backend<Backend> {
protected:
    void SetUp() override
    {
        on_backend<Backend>::SetUp();
        if (!this->IsSkipped())
            make("t");
    }
    void make(const std::string& quoted_name)
    {
        this->db().execute("create table " + quoted_name + " (id integer primary key, name "
                           + std::string{Backend::text} + ", height " + std::string{Backend::real} + ")");
    }
};
TYPED_TEST_SUITE(bulk_inserts, all_backends, name_of_backend);

TYPED_TEST(bulk_inserts, of_ten_thousand_rows_lose_nothing)
{
    auto& db = this->db();
    EXPECT_EQ(db.insert("t", std::views::iota(std::int64_t{0}, ten_thousand) | std::views::transform(nth)),
              static_cast<std::size_t>(ten_thousand));
    std::int64_t i = 0;
    for (const entry& each : db.template query<entry>("select id, name, height from t order by id"))
        ASSERT_EQ(each, nth(i++));
    EXPECT_EQ(i, ten_thousand);
    EXPECT_FALSE(db.in_transaction());
}

TYPED_TEST(bulk_inserts, of_nothing_change_nothing)
{
    EXPECT_EQ(this->db().insert("t", std::vector<entry>{}), 0U);
    EXPECT_EQ(this->count("t"), 0);
    EXPECT_FALSE(this->db().in_transaction());
}

TYPED_TEST(bulk_inserts, with_an_error_in_the_middle_leave_nothing_behind)
{
    auto rows = std::views::iota(std::int64_t{0}, ten_thousand)
                | std::views::transform([](std::int64_t i) { return nth(i == ten_thousand / 2 ? 0 : i); });
    EXPECT_EQ(error_of([&] { this->db().insert("t", rows); }).code(), database_errc::unique_violation);
    EXPECT_EQ(this->count("t"), 0);
    EXPECT_FALSE(this->db().in_transaction());
}

TYPED_TEST(bulk_inserts, whose_source_throws_leave_nothing_behind)
{
    auto rows = std::views::iota(std::int64_t{0}, ten_thousand) | std::views::transform([](std::int64_t i) {
                    if (i == ten_thousand / 2)
                        throw std::runtime_error{"the source broke"};
                    return nth(i);
                });
    EXPECT_THROW(this->db().insert("t", rows), std::runtime_error);
    EXPECT_EQ(this->count("t"), 0);
    EXPECT_FALSE(this->db().in_transaction());
}

TYPED_TEST(bulk_inserts, that_fail_inside_a_transaction_undo_only_themselves)
{
    auto& db = this->db();
    auto transaction = db.transaction();
    db.insert("t", std::vector{nth(1)});
    EXPECT_THROW(db.insert("t", std::vector{nth(2), nth(1)}), database_error);
    db.insert("t", std::vector{nth(3)});
    transaction.commit();
    EXPECT_EQ(this->count("t"), 2);
}

TYPED_TEST(bulk_inserts, inside_a_transaction_go_with_it)
{
    auto& db = this->db();
    {
        auto transaction = db.transaction();
        db.insert("t", std::vector{nth(1)});
        EXPECT_EQ(this->count("t"), 1);
    }
    EXPECT_EQ(this->count("t"), 0);
}

TYPED_TEST(bulk_inserts, take_a_query_of_the_same_session)
{
    auto& db = this->db();
    db.insert("t", std::views::iota(std::int64_t{0}, ten_thousand) | std::views::transform(nth));
    this->make("copies");
    EXPECT_EQ(db.insert("copies", db.template query<entry>("select id, name, height from t")),
              static_cast<std::size_t>(ten_thousand));
    EXPECT_EQ(db.template query_one<int>("select count(*) from t join copies on t.id = copies.id "
                                         "and t.name = copies.name where t.height is null = (copies.height is null)"),
              ten_thousand);
}

TYPED_TEST(bulk_inserts, take_a_source_that_asks_the_same_session)
{
    auto& db = this->db();
    db.insert("t", std::vector{nth(5)});
    this->make("copies");
    auto asking = std::views::iota(std::int64_t{0}, std::int64_t{100}) | std::views::transform([&](std::int64_t i) {
                      return entry{i, db.template query_one<std::string>("select name from t where id = ?", 5), 1.0};
                  });
    EXPECT_EQ(db.insert("copies", asking), 100U);
    EXPECT_EQ(db.template query_one<int>("select count(*) from copies where name = ?", "row 5"), 100);
}

TYPED_TEST(bulk_inserts, go_into_named_columns)
{
    auto& db = this->db();
    EXPECT_EQ(db.insert("t", {"height", "id"}, std::vector<std::pair<double, int>>{{1.5, 1}, {2.5, 2}}), 2U);
    EXPECT_EQ(db.template query_one<double>("select height from t where id = ? and name is null", 2), 2.5);
}

TYPED_TEST(bulk_inserts, take_any_name_for_what_it_is)
{
    auto& db = this->db();
    const std::string name = "odd ? name; drop table t";
    this->make(TypeParam::quoted(name));
    EXPECT_EQ(db.insert(name, std::vector{nth(1)}), 1U);
    EXPECT_EQ(this->count(TypeParam::quoted(name)), 1);
    EXPECT_EQ(error_of([&] { db.insert("t values (1); --", std::vector{nth(1)}); }).code(),
              database_errc::invalid_statement);
    EXPECT_EQ(this->count("t"), 0);
}

TYPED_TEST(bulk_inserts, of_the_wrong_width_are_errors)
{
    auto& db = this->db();
    EXPECT_EQ(error_of([&] { db.insert("t", {"id", "name"}, std::vector<int>{1}); }).code(),
              database_errc::wrong_arguments);
    EXPECT_EQ(error_of([&] {
                  db.insert("t", std::vector<std::tuple<int, std::string, double, int>>{{1, "a", 1.0, 1}});
              }).code(),
              database_errc::invalid_statement);
    EXPECT_EQ(error_of([&] { db.insert("t", {"id", "nothing"}, std::vector<std::pair<int, int>>{{1, 1}}); }).code(),
              database_errc::invalid_statement);
    EXPECT_EQ(error_of([&] { db.insert("nowhere", std::vector<int>{1}); }).code(), database_errc::invalid_statement);
    EXPECT_EQ(this->count("t"), 0);
}

} // namespace
