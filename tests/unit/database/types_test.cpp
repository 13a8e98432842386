// SPDX-License-Identifier: BSL-1.0
#include "sqlite_fixture.hpp"

#include <array>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

using namespace steward::test;

namespace {

template <class T>
class integers : public in_memory {};
using integer_types = testing::Types<signed char, unsigned char, short, unsigned short, int, unsigned, long, long long>;
TYPED_TEST_SUITE(integers, integer_types);

TYPED_TEST(integers, limits_survive_the_way_in_and_out)
{
    using limits = std::numeric_limits<TypeParam>;
    EXPECT_EQ(this->db.template query_one<TypeParam>("select ?", limits::max()), limits::max());
    EXPECT_EQ(this->db.template query_one<TypeParam>("select ?", limits::min()), limits::min());
    EXPECT_EQ(this->db.template query_one<std::optional<TypeParam>>("select ?", std::optional<TypeParam>{}),
              std::nullopt);
}

TYPED_TEST(integers, what_does_not_fit_is_an_error)
{
    if constexpr (sizeof(TypeParam) < 8) {
        const std::int64_t above = std::int64_t{std::numeric_limits<TypeParam>::max()} + 1;
        const std::int64_t below = std::int64_t{std::numeric_limits<TypeParam>::min()} - 1;
        for (const std::int64_t number : {above, below}) {
            const auto error = error_of([&] { (void)this->db.template query_one<TypeParam>("select ? as n", number); });
            EXPECT_EQ(error.code(), database_errc::wrong_row);
            EXPECT_TRUE(contains(error.what(), "column 1 (n) holds an integer that does not fit")) << error.what();
        }
    }
}

TEST_F(in_memory, unsigned_64_bits_are_stored_up_to_the_largest_that_sqlite_has)
{
    constexpr std::uint64_t largest = std::numeric_limits<std::int64_t>::max();
    EXPECT_EQ(db.query_one<std::uint64_t>("select ?", largest), largest);
    EXPECT_EQ(error_of([&] { db.execute("select ?", largest + 1); }).code(), database_errc::wrong_arguments);
    EXPECT_EQ(error_of([&] { (void)db.query_one<std::uint64_t>("select -1"); }).code(), database_errc::wrong_row);
}

TEST_F(in_memory, doubles_survive_exactly)
{
    using limits = std::numeric_limits<double>;
    for (const double number : {0.1, -0.0, limits::max(), limits::lowest(), limits::min(), limits::denorm_min(),
                                limits::infinity(), -limits::infinity(), 1e22})
        EXPECT_EQ(db.query_one<double>("select ?", number), number);
}

TEST_F(in_memory, not_a_number_is_refused_because_it_would_become_null)
{
    const auto error = error_of([&] { db.execute("select ?", std::nan("")); });
    EXPECT_EQ(error.code(), database_errc::wrong_arguments);
    EXPECT_TRUE(contains(error.what(), "argument 1 is not a number")) << error.what();
}

TEST_F(in_memory, floats_are_rounded_but_never_overflow)
{
    EXPECT_EQ(db.query_one<float>("select ?", 0.1f), 0.1f);
    EXPECT_EQ(db.query_one<float>("select 0.1"), 0.1f);
    EXPECT_EQ(error_of([&] { (void)db.query_one<float>("select 1e300"); }).code(), database_errc::wrong_row);
}

TEST_F(in_memory, numbers_change_their_type_only_without_loss)
{
    EXPECT_EQ(db.query_one<double>("select 9007199254740992"), 0x1p53);
    EXPECT_EQ(db.query_one<int>("select 3.0"), 3);
    EXPECT_EQ(db.query_one<std::int64_t>("select -9223372036854775808.0"), std::numeric_limits<std::int64_t>::min());
    for (const char* sql : {"select 9007199254740993", "select 9223372036854775807"})
        EXPECT_EQ(error_of([&] { (void)db.query_one<double>(sql); }).code(), database_errc::wrong_row) << sql;
    for (const char* sql : {"select 3.5", "select 9223372036854775808.0", "select 1e999"})
        EXPECT_EQ(error_of([&] { (void)db.query_one<std::int64_t>(sql); }).code(), database_errc::wrong_row) << sql;
}

TEST_F(in_memory, bool_is_0_or_1)
{
    EXPECT_TRUE(db.query_one<bool>("select ?", true));
    EXPECT_FALSE(db.query_one<bool>("select ?", false));
    EXPECT_EQ(db.query_one<int>("select ?", true), 1);
    EXPECT_EQ(error_of([&] { (void)db.query_one<bool>("select 2"); }).code(), database_errc::wrong_row);
}

TEST_F(in_memory, texts_of_all_kinds_are_bound)
{
    using namespace std::string_view_literals;
    const char* const pointer = "pointer";
    EXPECT_EQ(db.query_one<std::string>("select ?", pointer), "pointer");
    EXPECT_EQ(db.query_one<std::string>("select ?", "literal"), "literal");
    EXPECT_EQ(db.query_one<std::string>("select ?", "part of it"sv.substr(0, 4)), "part");
    EXPECT_EQ(db.query_one<std::string>("select ?", std::string_view{}), "") << "an empty text is not NULL";
    EXPECT_EQ(db.query_one<std::string>("select ?", std::optional{"there"sv}), "there");
}

TEST_F(in_memory, texts_keep_every_byte)
{
    using namespace std::string_literals;
    for (const std::string& text :
         {"Ада Лавлейс"s, "🧵 e\u0301 \u202e"s, "a\0b\0"s, "'\"\\%_;--"s, std::string(1'000'000, 'x')})
        EXPECT_EQ(db.query_one<std::string>("select ?", text), text);
}

TEST_F(in_memory, blobs_keep_every_byte)
{
    std::vector<std::byte> all(256);
    for (std::size_t i = 0; i != all.size(); ++i)
        all[i] = static_cast<std::byte>(i);
    EXPECT_EQ(db.query_one<std::vector<std::byte>>("select ?", all), all);
    EXPECT_EQ(db.query_one<std::vector<std::byte>>("select ?", std::span{all}.first(3)),
              std::vector<std::byte>(all.begin(), all.begin() + 3));
    EXPECT_EQ(db.query_one<std::string>("select typeof(?)", all), "blob");
    const std::vector<std::byte> large(10'000'000, std::byte{0xa5});
    EXPECT_EQ(db.query_one<std::vector<std::byte>>("select ?", large), large);
}

TEST_F(in_memory, an_empty_blob_is_not_null)
{
    EXPECT_EQ(db.query_one<std::optional<std::vector<std::byte>>>("select ?", std::vector<std::byte>{}),
              std::vector<std::byte>{});
}

std::optional<int> nothing; // not local: GCC 12 with sanitizers would warn of reading its value

TEST_F(in_memory, null_can_be_said_in_several_ways)
{
    EXPECT_EQ(db.query_one<int>("select (? is null) + (? is null) + (? is null) + (? is null)", nullptr, std::nullopt,
                                nothing, static_cast<const char*>(nullptr)),
              4);
}

TEST_F(in_memory, null_needs_an_optional)
{
    const auto error = error_of([&] { (void)db.query_one<std::string>("select null as name"); });
    EXPECT_EQ(error.code(), database_errc::wrong_row);
    EXPECT_TRUE(contains(error.what(), "column 1 (name) is NULL, expected text; read it into a std::optional"))
        << error.what();
}

TEST_F(in_memory, texts_blobs_and_numbers_are_not_taken_for_each_other)
{
    const auto error = error_of([&] { (void)db.query_one<int>("select 'twelve' as n"); });
    EXPECT_EQ(error.code(), database_errc::wrong_row);
    EXPECT_TRUE(contains(error.what(), "column 1 (n) holds text, expected an integer of 32 bits")) << error.what();
    EXPECT_THROW((void)db.query_one<std::string>("select 12"), database_error);
    EXPECT_THROW((void)db.query_one<std::string>("select x'12'"), database_error);
    EXPECT_THROW((void)db.query_one<std::vector<std::byte>>("select 'text'"), database_error);
    EXPECT_THROW((void)db.query_one<double>("select 'text'"), database_error);
    EXPECT_THROW((void)db.query_one<bool>("select 'text'"), database_error);
}

struct everything {
    bool flag;
    std::int8_t tiny;
    std::uint32_t wide;
    float single_precision;
    std::string name;
    std::vector<std::byte> data;
    std::optional<std::int64_t> maybe;
    std::optional<std::string> nickname;
    std::optional<std::vector<std::byte>> picture;
    std::optional<bool> answer;
};

TEST_F(in_memory, an_aggregate_may_have_every_column_type)
{
    db.execute("create table t (a, b, c, d, e, f, g, h, i, j)");
    const std::vector<everything> rows{
        {true, -128, 4'000'000'000u, 0.5f, "n", {std::byte{1}}, 7, "nick", std::vector{std::byte{2}}, false},
        {false, 127, 0, -1e30f, "", {}, std::nullopt, std::nullopt, std::nullopt, std::nullopt}};
    EXPECT_EQ(db.insert("t", rows), 2u);
    std::size_t i = 0;
    for (const everything& row : db.query<everything>("select * from t order by rowid")) {
        EXPECT_EQ(row.flag, rows[i].flag);
        EXPECT_EQ(row.tiny, rows[i].tiny);
        EXPECT_EQ(row.wide, rows[i].wide);
        EXPECT_EQ(row.single_precision, rows[i].single_precision);
        EXPECT_EQ(row.name, rows[i].name);
        EXPECT_EQ(row.data, rows[i].data);
        EXPECT_EQ(row.maybe, rows[i].maybe);
        EXPECT_EQ(row.nickname, rows[i].nickname);
        EXPECT_EQ(row.picture, rows[i].picture);
        EXPECT_EQ(row.answer, rows[i].answer);
        ++i;
    }
    EXPECT_EQ(i, 2u);
}

} // namespace
