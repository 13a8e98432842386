// SPDX-License-Identifier: BSL-1.0
#include "sqlite_fixture.hpp"

#include <steward/steward.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

using namespace steward::test;
namespace detail = steward::adapters::detail;

namespace {

TEST_F(in_memory, a_prepared_statement_runs_with_other_arguments_each_time)
{
    db.execute("create table t (a)");
    auto insert = db.prepare("insert into t values (?)");
    for (int i = 0; i != 3; ++i)
        EXPECT_EQ(insert.execute(i), 1);
    auto above = db.prepare("select a from t where a > ? order by a");
    std::vector<int> found;
    for (const int a : above.query<int>(0))
        found.push_back(a);
    EXPECT_EQ(found, (std::vector{1, 2}));
    EXPECT_EQ(above.query_one<int>(1), 2);
    EXPECT_EQ(above.query_optional<int>(2), std::nullopt);
    EXPECT_EQ(above.sql(), "select a from t where a > ? order by a");
}

TEST_F(in_memory, a_wrong_statement_is_found_when_it_is_prepared)
{
    EXPECT_EQ(error_of([&] { (void)db.prepare("select a from nowhere"); }).code(), database_errc::invalid_statement);
}

TEST_F(in_memory, one_statement_may_run_inside_itself)
{
    auto numbers = db.prepare("select 1 union select 2");
    std::vector<int> pairs;
    for (const int outer : numbers.query<int>())
        for (const int inner : numbers.query<int>())
            pairs.push_back(10 * outer + inner);
    EXPECT_EQ(pairs, (std::vector{11, 12, 21, 22}));
}

TEST_F(in_memory, bound_texts_do_not_stay_for_the_next_run)
{
    auto echo = db.prepare("select ?");
    EXPECT_EQ(echo.query_one<std::string>(std::string(100, 'x')), std::string(100, 'x'));
    EXPECT_EQ(error_of([&] { (void)echo.query_one<std::string>(); }).code(), database_errc::wrong_arguments);
}

TEST_F(in_memory, a_table_that_was_altered_has_its_new_columns)
{
    db.execute("create table t (a)");
    db.execute("insert into t values (1)");
    EXPECT_EQ(db.query_one<int>("select * from t"), 1);
    db.execute("alter table t add column b default 2");
    EXPECT_EQ((error_of([&] { (void)db.query_one<int>("select * from t"); }).code()), database_errc::wrong_row);
    EXPECT_EQ((db.query_one<std::tuple<int, int>>("select * from t")), (std::tuple{1, 2}));
}

TEST_F(in_memory, a_statement_that_failed_is_prepared_anew)
{
    db.execute("create table t (a unique)");
    for (int i = 0; i != 2; ++i) {
        db.execute("insert into t values (?)", i);
        EXPECT_EQ(error_of([&] { db.execute("insert into t values (?)", i); }).code(), database_errc::unique_violation);
    }
    EXPECT_EQ(db.query_one<int>("select count(*) from t"), 2);
}

TEST(prepared_statement, expires_when_its_session_goes_back)
{
    using database = steward::resource<"database", sqlite_database, steward::pooling::bounded<0, 1>>;
    steward::manager<database> manager{database::with({.connection = ":memory:"})};
    std::unique_ptr<steward::adapters::prepared_statement> left;
    {
        auto lease = manager.acquire<"database">();
        left.reset(new steward::adapters::prepared_statement{lease->prepare("select 1")});
    }
    const auto error = error_of([&] { left->execute(); });
    EXPECT_EQ(error.code(), database_errc::expired);
    EXPECT_TRUE(contains(error.what(), "a prepared statement was used after")) << error.what();
}

/// A statement that only says whether it can run again, and that it was closed.
class fake_cursor final : public detail::cursor {
public:
    fake_cursor(int& closed, bool reusable) : closed_{closed}, reusable_{reusable} {}
    ~fake_cursor() override { ++closed_; }
    void bind(std::span<const detail::value>, detail::lifetime, std::span<const detail::value_kind>) override {}
    bool step() override { return false; }
    [[nodiscard]] std::size_t affected_rows() const override { return 0; }
    [[nodiscard]] std::size_t column_count() const override { return 0; }
    [[nodiscard]] std::string column_name(std::size_t) const override { return {}; }
    [[nodiscard]] detail::value column(std::size_t) const override { return {}; }
    [[nodiscard]] bool finish() noexcept override { return reusable_; }

private:
    int& closed_;
    bool reusable_;
};

class statement_cache : public testing::Test {
protected:
    int closed = 0;
    detail::statement_cache cache{2};

    void use(std::string_view sql, bool reusable = true)
    {
        auto entry = cache.take(sql);
        if (entry.empty())
            entry = cache.add(sql, std::make_unique<fake_cursor>(closed, reusable));
        const detail::prepared used{cache, std::move(entry)};
    }
};

TEST_F(statement_cache, keeps_as_many_as_it_may_and_closes_the_least_recently_used)
{
    use("a");
    use("b");
    use("a");
    EXPECT_EQ(closed, 0);
    use("c");
    EXPECT_EQ(closed, 1);
    EXPECT_FALSE(cache.take("a").empty());
    EXPECT_TRUE(cache.take("b").empty());
}

TEST_F(statement_cache, closes_what_cannot_run_again)
{
    use("a", false);
    EXPECT_EQ(closed, 1);
    EXPECT_TRUE(cache.take("a").empty());
}

TEST_F(statement_cache, keeps_one_of_two_with_the_same_text)
{
    {
        const detail::prepared first{cache, cache.add("a", std::make_unique<fake_cursor>(closed, true))};
        use("a");
    }
    EXPECT_EQ(closed, 1);
    EXPECT_FALSE(cache.take("a").empty());
}

TEST_F(statement_cache, keeps_nothing_while_it_shall_not)
{
    use("a");
    cache.keep(false);
    EXPECT_EQ(closed, 1);
    use("b");
    EXPECT_EQ(closed, 2);
    cache.keep(true);
    use("c");
    EXPECT_EQ(closed, 2);
}

} // namespace
