// SPDX-License-Identifier: BSL-1.0
#include "backends.hpp"
#include "round_trip.hpp"

#include <bit>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

using namespace steward::test;
using namespace std::chrono;
using namespace std::string_literals;

namespace {

template <class Backend>
class types : public on_backend<Backend> {
protected:
    template <class T>
    void expect_kept(std::string_view type, const std::vector<T>& values)
    {
        EXPECT_EQ(stored_and_read(this->db(), type, values), twice(values)) << type;
    }
    template <class T>
    void expect_kept_limits(std::string_view type)
    {
        using limits = std::numeric_limits<T>;
        expect_kept<T>(type, {limits::min(), T{0}, T{1}, limits::max()});
    }
    template <class T>
    void expect_kept_null(std::string_view type, T value)
    {
        expect_kept<std::optional<T>>(type, {std::nullopt, value, std::nullopt});
    }
    template <class T>
    database_errc code_of_reading(std::string_view expression)
    {
        return error_of([&] { (void)this->db().template query_one<T>(std::string{"select "}.append(expression)); })
            .code();
    }
};
TYPED_TEST_SUITE(types, all_backends, name_of_backend);

TYPED_TEST(types, integers_keep_their_limits)
{
    this->template expect_kept_limits<std::int8_t>("smallint");
    this->template expect_kept_limits<std::int16_t>("smallint");
    this->template expect_kept_limits<std::int32_t>("integer");
    this->template expect_kept_limits<std::int64_t>(TypeParam::bigint);
    this->template expect_kept_limits<std::uint8_t>("smallint");
    this->template expect_kept_limits<std::uint16_t>("integer");
    this->template expect_kept_limits<std::uint32_t>(TypeParam::bigint);
}

TYPED_TEST(types, unsigned_64_bits_are_kept_or_refused)
{
    constexpr std::uint64_t largest = std::numeric_limits<std::uint64_t>::max();
    this->template expect_kept<std::uint64_t>(TypeParam::bigint, {0, 1, largest / 2});
    if constexpr (!TypeParam::natural.empty()) {
        this->template expect_kept_limits<std::uint64_t>(TypeParam::natural);
    } else {
        this->db().execute("create table t (v bigint)");
        EXPECT_FALSE(error_of([&] { this->db().execute("insert into t values (?)", largest); }).retriable());
        EXPECT_EQ(this->count("t"), 0);
    }
}

TYPED_TEST(types, a_bool_is_true_or_false) { this->template expect_kept<bool>(TypeParam::boolean, {true, false}); }

TYPED_TEST(types, a_bool_may_stand_in_a_column_of_integers)
{
    this->template expect_kept<bool>("smallint", {true, false});
    this->template expect_kept<int>(TypeParam::boolean, {1, 0});
}

template <class Backend, class Real>
void expect_same_bits(const std::vector<Real>& got, const std::vector<Real>& expected)
{
    using bits = std::conditional_t<sizeof(Real) == 4, std::uint32_t, std::uint64_t>;
    ASSERT_EQ(got.size(), expected.size());
    for (std::size_t i = 0; i != got.size(); ++i)
        if (expected[i] != Real{0} || Backend::keeps_negative_zero) {
            EXPECT_EQ(std::bit_cast<bits>(got[i]), std::bit_cast<bits>(expected[i])) << expected[i];
        } else {
            EXPECT_EQ(got[i], Real{0});
        }
}

TYPED_TEST(types, doubles_keep_every_bit)
{
    using limits = std::numeric_limits<double>;
    std::vector<double> numbers{0.0,
                                -0.0,
                                0.1,
                                -1.5,
                                limits::max(),
                                limits::min(),
                                1.0 / 3.0,
                                5e-324,
                                limits::lowest(),
                                limits::epsilon(),
                                1e22,
                                0x1p53 + 2.0,
                                123456789.125,
                                limits::denorm_min()};
    if (TypeParam::keeps_infinity)
        numbers.insert(numbers.end(), {limits::infinity(), -limits::infinity()});
    expect_same_bits<TypeParam>(stored_and_read(this->db(), TypeParam::real, numbers), twice(numbers));
}

TYPED_TEST(types, floats_keep_every_bit)
{
    using limits = std::numeric_limits<float>;
    const std::vector<float> numbers{
        0.0F, -0.0F, 0.1F, limits::max(), limits::min(), limits::lowest(), 1.0F / 3.0F, limits::denorm_min()};
    expect_same_bits<TypeParam>(stored_and_read(this->db(), TypeParam::real, numbers), twice(numbers));
}

TYPED_TEST(types, texts_keep_every_character)
{
    this->template expect_kept<std::string>(TypeParam::text, {"",
                                                              " ",
                                                              " blanks around ",
                                                              "Ада Лавлейс",
                                                              "日本語",
                                                              "🧵😀 beyond 16 bits",
                                                              "e\u0301 combined",
                                                              "\u202eright to left",
                                                              "O'Hara; drop table orders; --",
                                                              "\"quoted\" `too`",
                                                              "back\\slash \\n \\' \\",
                                                              "%_*?",
                                                              "? ?? $1 :name",
                                                              "line\nfeed\r\n\ttab\v\f",
                                                              "\x01\x1f\x7f",
                                                              "\\N",
                                                              "\\.",
                                                              "NULL",
                                                              "null",
                                                              "{\"a\": [1, 2]}",
                                                              "a,b;c|d",
                                                              std::string(70'000, 'x')});
}

TYPED_TEST(types, a_nul_character_in_a_text_is_kept_or_refused)
{
    if constexpr (TypeParam::keeps_nul_characters) {
        this->template expect_kept<std::string>(TypeParam::text, {"a\0b"s, "\0"s, "c\0"s});
    } else {
        this->db().execute("create table t (v " + std::string{TypeParam::text} + ")");
        EXPECT_FALSE(error_of([&] { this->db().execute("insert into t values (?)", "a\0b"s); }).retriable());
        EXPECT_FALSE(error_of([&] { this->db().insert("t", std::vector{"a\0b"s}); }).retriable());
        EXPECT_EQ(this->count("t"), 0);
    }
}

TYPED_TEST(types, questions_in_literals_and_comments_are_no_placeholders)
{
    const auto row = this->db().template query_one<std::tuple<std::string, std::string, int>>(
        "select 'what?', 'it''s ? too', 7 /* ? */ -- ?\n where 1 = ?", 1);
    EXPECT_EQ(row, (std::tuple<std::string, std::string, int>{"what?", "it's ? too", 7}));
}

TYPED_TEST(types, questions_in_quoted_names_are_no_placeholders)
{
    const std::string name = TypeParam::quoted("sure?");
    this->db().execute("create table t (" + name + " integer)");
    this->db().execute("insert into t (" + name + ") values (?)", 7);
    EXPECT_EQ(this->db().template query_one<int>("select " + name + " from t where " + name + " = ?", 7), 7);
}

using blob = std::vector<std::byte>;

blob all_bytes()
{
    blob all(256);
    for (std::size_t i = 0; i != all.size(); ++i)
        all[i] = static_cast<std::byte>(i);
    return all;
}

TYPED_TEST(types, blobs_keep_every_byte)
{
    this->template expect_kept<blob>(TypeParam::blob,
                                     {all_bytes(), {}, {std::byte{0}}, {std::byte{0xff}, std::byte{0}}});
}

TYPED_TEST(types, a_blob_of_ten_megabytes_is_kept)
{
    blob large(10'000'000);
    for (std::size_t i = 0; i != large.size(); ++i)
        large[i] = static_cast<std::byte>(i * 7 + i / 251);
    // Not by EXPECT_EQ, which would print them.
    EXPECT_TRUE(stored_and_read<blob>(this->db(), TypeParam::blob, {large}) == (std::vector<blob>{large, large}));
}

TYPED_TEST(types, a_text_of_ten_megabytes_is_kept)
{
    std::string large;
    while (large.size() < 10'000'000)
        large += "Ada \\ 'Ада' 😀 ";
    EXPECT_TRUE(stored_and_read<std::string>(this->db(), TypeParam::text, {large})
                == (std::vector<std::string>{large, large}));
}

using instant = sys_time<microseconds>;

TYPED_TEST(types, times_keep_every_microsecond)
{
    const year earliest{TypeParam::first_year};
    this->template expect_kept<instant>(
        TypeParam::time,
        {sys_days{earliest / 1 / 1}, sys_days{1582y / 10 / 10},
         sys_days{1969y / 12 / 31} + 23h + 59min + 59s + 999999us, sys_days{1970y / 1 / 1},
         sys_days{1970y / 1 / 1} + 1us, sys_days{2000y / 2 / 29} + 12h,
         sys_days{2026y / 3 / 29} + 2h + 30min, // an hour that some time zones do not have
         sys_days{2026y / 11 / 28} + 2h + 17min + 24s + 500ms, sys_days{2038y / 1 / 19} + 3h + 14min + 8s,
         sys_days{9999y / 12 / 31} + 23h + 59min + 59s + 999999us});
}

TYPED_TEST(types, times_compare_as_times)
{
    auto& db = this->db();
    db.execute("create table t (v " + std::string{TypeParam::time} + ")");
    const instant noon = sys_days{2026y / 11 / 28} + 12h;
    db.insert("t", std::vector<instant>{noon - 1us, noon, noon + 1us});
    EXPECT_EQ(db.template query_one<int>("select count(*) from t where v < ?", noon), 1);
    EXPECT_EQ(db.template query_one<instant>("select max(v) from t"), noon + 1us);
}

TYPED_TEST(types, a_time_beyond_the_years_is_refused)
{
    auto& db = this->db();
    db.execute("create table t (v " + std::string{TypeParam::time} + ")");
    const instant before = sys_days{0y / 12 / 31}, after = sys_days{10000y / 1 / 1};
    for (const instant when : {before, after}) {
        EXPECT_EQ(error_of([&] { db.execute("insert into t values (?)", when); }).code(),
                  database_errc::wrong_arguments);
        EXPECT_EQ(error_of([&] { db.insert("t", std::vector{when}); }).code(), database_errc::wrong_arguments);
    }
    EXPECT_EQ(this->count("t"), 0);
}

TYPED_TEST(types, null_is_an_empty_optional_of_every_type)
{
    this->template expect_kept_null<std::int32_t>("integer", 7);
    this->template expect_kept_null<std::int64_t>(TypeParam::bigint, -7);
    this->template expect_kept_null<bool>(TypeParam::boolean, false);
    this->template expect_kept_null<double>(TypeParam::real, 0.0);
    this->template expect_kept_null<std::string>(TypeParam::text, "");
    this->template expect_kept_null<blob>(TypeParam::blob, {});
    this->template expect_kept_null<instant>(TypeParam::time, sys_days{2026y / 11 / 28});
}

TYPED_TEST(types, null_needs_an_optional)
{
    auto& db = this->db();
    db.execute("create table t (a integer, b " + std::string{TypeParam::text} + ", c " + std::string{TypeParam::blob}
               + ", d " + std::string{TypeParam::time} + ", e " + std::string{TypeParam::real} + ", f "
               + std::string{TypeParam::boolean} + ")");
    db.execute("insert into t values (?, ?, ?, ?, ?, ?)", nullptr, std::nullopt, nullptr, std::optional<instant>{},
               std::optional<double>{}, nullptr);
    EXPECT_EQ(this->template code_of_reading<int>("a from t"), database_errc::wrong_row);
    EXPECT_EQ(this->template code_of_reading<std::string>("b from t"), database_errc::wrong_row);
    EXPECT_EQ(this->template code_of_reading<blob>("c from t"), database_errc::wrong_row);
    EXPECT_EQ(this->template code_of_reading<instant>("d from t"), database_errc::wrong_row);
    EXPECT_EQ(this->template code_of_reading<double>("e from t"), database_errc::wrong_row);
    EXPECT_EQ(this->template code_of_reading<bool>("f from t"), database_errc::wrong_row);
}

TYPED_TEST(types, what_does_not_fit_is_an_error)
{
    auto& db = this->db();
    db.execute("create table t (n " + std::string{TypeParam::bigint} + ", r " + std::string{TypeParam::real} + ", s "
               + std::string{TypeParam::text} + ", b " + std::string{TypeParam::blob} + ")");
    db.execute("insert into t values (?, ?, ?, ?)", std::numeric_limits<std::int64_t>::max(), 1e300, "seven",
               all_bytes());
    EXPECT_EQ(this->template code_of_reading<int>("n from t"), database_errc::wrong_row);
    EXPECT_EQ(this->template code_of_reading<std::uint8_t>("n from t"), database_errc::wrong_row);
    EXPECT_EQ(this->template code_of_reading<double>("n from t"), database_errc::wrong_row) << "it would be rounded";
    EXPECT_EQ(this->template code_of_reading<bool>("n from t"), database_errc::wrong_row);
    EXPECT_EQ(this->template code_of_reading<unsigned>("-n from t"), database_errc::wrong_row);
    EXPECT_EQ(this->template code_of_reading<float>("r from t"), database_errc::wrong_row);
    EXPECT_EQ(this->template code_of_reading<std::int64_t>("r from t"), database_errc::wrong_row);
    for (const char* column : {"s from t", "b from t"}) {
        EXPECT_EQ(this->template code_of_reading<int>(column), database_errc::wrong_row);
        EXPECT_EQ(this->template code_of_reading<double>(column), database_errc::wrong_row);
        EXPECT_EQ(this->template code_of_reading<instant>(column), database_errc::wrong_row);
    }
    for (const char* column : {"n from t", "r from t"}) {
        EXPECT_EQ(this->template code_of_reading<std::string>(column), database_errc::wrong_row);
        EXPECT_EQ(this->template code_of_reading<blob>(column), database_errc::wrong_row);
        EXPECT_EQ(this->template code_of_reading<instant>(column), database_errc::wrong_row);
    }
    EXPECT_EQ(this->template code_of_reading<blob>("s from t"), database_errc::wrong_row);
    EXPECT_EQ(this->template code_of_reading<std::string>("b from t"), database_errc::wrong_row);
}

TYPED_TEST(types, what_its_column_cannot_hold_is_refused_or_kept)
{
    auto& db = this->db();
    db.execute("create table t (v smallint)");
    const auto store = [&] { db.execute("insert into t values (?)", 40'000); };
    if constexpr (TypeParam::columns_check_types) {
        EXPECT_FALSE(error_of(store).retriable());
        EXPECT_EQ(this->count("t"), 0);
    } else {
        store();
        EXPECT_EQ(db.template query_one<int>("select v from t"), 40'000);
    }
}

TYPED_TEST(types, numbers_change_their_type_only_without_loss)
{
    auto& db = this->db();
    db.execute("create table t (n " + std::string{TypeParam::bigint} + ", r " + std::string{TypeParam::real} + ")");
    db.execute("insert into t values (?, ?)", std::int64_t{1} << 53, 3.0);
    EXPECT_EQ(db.template query_one<double>("select n from t"), 0x1p53);
    EXPECT_EQ(db.template query_one<int>("select r from t"), 3);
}

} // namespace
