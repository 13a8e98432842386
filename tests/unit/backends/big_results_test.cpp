// SPDX-License-Identifier: BSL-1.0
#include "backends.hpp"
#include "heap_in_use.hpp"
#include "support/sanitizers.hpp"

#include <range/v3/range/conversion.hpp>
#include <range/v3/view/filter.hpp>
#include <range/v3/view/take.hpp>
#include <range/v3/view/transform.hpp>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <ranges>
#include <string>
#include <utility>
#include <vector>

using namespace steward::test;

namespace {

constexpr std::int64_t many = 100'000;
constexpr std::int64_t few = 5'000; // still more than a socket holds
constexpr std::size_t width = 200;  // 20 MB altogether

using line = std::pair<std::int64_t, std::string>;

auto lines(std::int64_t number)
{
    return std::views::iota(std::int64_t{1}, number + 1)
           | std::views::transform([](std::int64_t i) { return line{i, std::string(width, 'x')}; });
}

template <class Backend>
class big_results : public on_backend<Backend> {
protected:
    static void fill(steward::adapters::session& db, std::int64_t number)
    {
        db.execute("create table wide (id integer primary key, v " + std::string{Backend::text} + ")");
        db.insert("wide", lines(number));
    }

    static constexpr std::string_view all = "select id, v from wide order by id";
};
TYPED_TEST_SUITE(big_results, all_backends, name_of_backend);

TYPED_TEST(big_results, are_read_whole_in_the_memory_of_a_few_rows)
{
    this->fill(this->db(), many);
    const std::size_t before = heap_in_use();
    std::size_t most = before;
    std::int64_t expected = 1;
    for (const line& each : this->db().template query<line>(this->all)) {
        ASSERT_EQ(each.first, expected++);
        ASSERT_EQ(each.second.size(), width);
        if (each.first % 1'000 == 0)
            most = std::max(most, heap_in_use());
    }
    EXPECT_EQ(expected, many + 1);
#if !defined(STEWARD_TEST_SANITIZES_ADDRESSES) && !defined(STEWARD_TEST_SANITIZES_THREADS)
    EXPECT_LT(most - before, many * width / 20) << "a twentieth of the result";
#endif
}

TYPED_TEST(big_results, without_an_end_begin_at_once)
{
    this->fill(this->db(), few);
    std::int64_t read = 0;
    for (const std::int64_t i : this->db().template query<std::int64_t>(TypeParam::endless))
        if ((read = i) == 1'000)
            break;
    EXPECT_EQ(read, 1'000);
    EXPECT_EQ(this->count("wide"), few) << "and the session works on";
}

TYPED_TEST(big_results, are_dropped_half_way_also_in_a_transaction)
{
    this->fill(this->db(), many);
    auto& db = this->db();
    auto transaction = db.transaction();
    db.execute("delete from wide where id > ?", many - 10);
    {
        auto result = db.template query<line>(this->all);
        EXPECT_EQ((*result.begin()).first, 1);
    }
    EXPECT_EQ(this->count("wide"), many - 10);
    transaction.commit();
    EXPECT_EQ(this->count("wide"), many - 10);
}

TYPED_TEST(big_results, may_be_open_while_other_statements_run)
{
    this->fill(this->db(), few);
    auto& db = this->db();
    std::int64_t nested = 0, outer = 0;
    for (const line& each : db.template query<line>("select id, v from wide where id <= ? order by id", 1'000)) {
        EXPECT_EQ(each.first, ++outer);
        if (each.first % 100 == 0)
            nested += db.template query_one<std::int64_t>("select id from wide where id = ?", each.first + 1);
    }
    EXPECT_EQ(outer, 1'000);
    EXPECT_EQ(nested, 5'510);
}

TYPED_TEST(big_results, may_be_read_side_by_side)
{
    this->fill(this->db(), few);
    auto& db = this->db();
    auto one = db.template query<line>(this->all), other = db.template query<line>(this->all);
    auto a = one.begin(), b = other.begin();
    for (int i = 0; i != 500; ++i)
        ++a;
    ++b;
    EXPECT_EQ(a->first, 501);
    EXPECT_EQ(b->first, 2);
    ++a;
    EXPECT_EQ(a->first, 502) << "the rest of it was kept";
}

TYPED_TEST(big_results, that_are_open_while_their_rows_are_changed_go_on)
{
    this->fill(this->db(), few);
    auto& db = this->db();
    db.execute("create table copies (id integer primary key)");
    std::int64_t read = 0;
    for (const line& each : db.template query<line>("select id, v from wide where id <= ? order by id", 100)) {
        db.execute("insert into copies values (?)", each.first);
        read = each.first;
    }
    EXPECT_EQ(read, 100);
    EXPECT_EQ(this->count("copies"), 100);
}

TYPED_TEST(big_results, flow_through_a_lazy_pipeline)
{
    this->fill(this->db(), few);
    int looked_at = 0;
    auto pipeline = this->db().template query<line>(this->all) | ranges::views::filter([&](const line& each) {
                        ++looked_at;
                        return each.first % 3 == 0;
                    })
                    | ranges::views::transform([](const line& each) { return each.first * 10; })
                    | ranges::views::take(3);
    EXPECT_EQ(looked_at, 0) << "nothing runs before somebody looks";
    EXPECT_EQ(std::move(pipeline) | ranges::to<std::vector>(), (std::vector<std::int64_t>{30, 60, 90}));
    EXPECT_LE(looked_at, 12) << "no row is looked at that nobody needs, but for the next one";
}

TYPED_TEST(big_results, in_a_pipeline_may_be_dropped_half_way)
{
    this->fill(this->db(), many);
    {
        auto pipeline = this->db().template query<line>(this->all)
                        | ranges::views::transform([](const line& each) { return each.first; });
        auto row = pipeline.begin();
        ++row;
        EXPECT_EQ(*row, 2);
    }
    EXPECT_EQ(this->count("wide"), many);
}

TYPED_TEST(big_results, do_not_outlive_their_lease_unnoticed)
{
    auto manager = this->pool_of(1);
    auto db = std::optional{manager.template acquire<"database">()};
    this->fill(**db, few);
    auto rows = (*db)->template query<line>(this->all);
    auto pipeline = rows | ranges::views::transform([](const line& each) { return each.first; });
    auto row = pipeline.begin();
    EXPECT_EQ(*row, 1);
    db.reset();
    const auto error = error_of([&] { ++row; });
    EXPECT_EQ(error.code(), database_errc::expired);
    EXPECT_TRUE(std::string_view{error.what()}.starts_with("database: ")) << error.what();
    auto next = manager.template acquire<"database">();
    EXPECT_EQ(next->template query_one<std::int64_t>("select count(*) from wide"), few);
    EXPECT_EQ(manager.template metrics<"database">().creations, 1U) << "it is the same session";
}

TYPED_TEST(big_results, are_inserted_from_a_generator_in_the_memory_of_a_few_rows)
{
    auto& db = this->db();
    this->fill(db, 0);
    const std::size_t before = heap_in_use();
    std::size_t most = before;
    db.insert("wide", lines(many) | std::views::transform([&](line each) {
                          if (each.first % 1'000 == 0)
                              most = std::max(most, heap_in_use());
                          return each;
                      }));
    EXPECT_EQ(this->count("wide"), many);
#if !defined(STEWARD_TEST_SANITIZES_ADDRESSES) && !defined(STEWARD_TEST_SANITIZES_THREADS)
    if (!TypeParam::own_database_per_adapter) {
        EXPECT_LT(most - before, many * width / 4) << "a quarter of the rows";
    }
#endif
}

} // namespace
