// SPDX-License-Identifier: BSL-1.0
//
// What must not be seen: passwords, bound arguments, literals. All that failing paths say is collected and searched.
#include "backends.hpp"

#include <steward/format.hpp>

#include <fmt/format.h>

#include <exception>
#include <ranges>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

using namespace steward::test;

namespace {

/// In every argument and literal of these tests.
constexpr std::string_view hunter = "hunter2";

template <class Backend>
class secrets : public on_backend<Backend> {
protected:
    void SetUp() override
    {
        on_backend<Backend>::SetUp();
        testing::internal::CaptureStdout();
        testing::internal::CaptureStderr();
    }
    void TearDown() override
    {
        said += testing::internal::GetCapturedStdout();
        said += testing::internal::GetCapturedStderr();
        EXPECT_EQ(said.find(Backend::secret()), std::string::npos) << said;
        EXPECT_EQ(said.find(hunter), std::string::npos) << said;
        for (const std::string_view part : Backend::parts_of_secret)
            EXPECT_EQ(said.find(part), std::string::npos) << said;
    }

    /// Adds what the error says, if there is one: which of these are errors differs.
    template <class Action>
    void listen(Action action)
    {
        try {
            action();
        } catch (...) {
            listen_to(std::current_exception());
        }
    }
    /// With what caused it, as it stands there and as a log would have it.
    void listen_to(const std::exception_ptr& error)
    {
        ++errors;
        said += steward::describe(error) + "\n";
        try {
            std::rethrow_exception(error);
        } catch (const steward::resource_error& raised) {
            said += fmt::format("{}\n", raised);
            said += std::string{raised.what()} + "\n";
            if (raised.cause())
                listen_to(raised.cause());
        } catch (const std::exception& raised) {
            said += std::string{raised.what()} + "\n";
        } catch (...) {
            ADD_FAILURE() << "not a std::exception";
        }
    }
    template <class Manager>
    void listen_to_all_that_is_shown(Manager& manager)
    {
        said += fmt::format("{}\n", manager.template status<"database">());
        said += fmt::format("{}\n", manager.template metrics<"database">());
        said += fmt::format("{}\n", steward::table_of(manager));
        for (const steward::named_health& each : manager.health())
            said += std::string{each.name} + " " + each.reason + "\n";
    }

    std::string said;
    int errors = 0;
};
TYPED_TEST_SUITE(secrets, all_backends, name_of_backend);

TYPED_TEST(secrets, in_literals_stay_out_of_errors)
{
    auto& db = this->db();
    db.execute("create table t (a integer, s " + std::string{TypeParam::text} + ", d " + std::string{TypeParam::time}
               + ")");
    for (const char* sql :
         {"insert into nowhere values ('hunter2')", "insert into nowhere values ('it''s hunter2', 1)",
          "select 'hunter2", "select nothing from t where s = 'hunter2'", "insert into t values (1, 'hunter2')",
          "insert into t values ('hunter2', 'hunter2', null)", "insert into t values (1, '', 'hunter2')",
          "select 'hunter2' 'hunter2' 'hunter2' from nowhere", "update t set s = 'hunter2' where nothing = 'hunter2'",
          "select 1 /* hunter2 */ from nowhere", "select 1 from nowhere -- hunter2"})
        this->listen([&] { db.execute(sql); });
    EXPECT_GE(this->errors, 6);
}

TYPED_TEST(secrets, in_arguments_stay_out_of_errors)
{
    auto& db = this->db();
    const std::string key = std::string{TypeParam::key};
    db.execute("create table parent (id " + key + " primary key)");
    db.execute("create table t (id " + key + " primary key, n integer, s varchar(3) check (s <> 'x'), d "
               + std::string{TypeParam::time} + ", b " + std::string{TypeParam::boolean} + ", r "
               + std::string{TypeParam::real} + ", p " + key
               + " check (p <> 'hunter2'), c integer not null, foreign key (p) references parent (id))");
    const std::string secret{hunter};
    const auto insert = [&](std::string_view columns, const auto&... values) {
        this->listen([&] {
            std::string marks;
            for (std::size_t i = 0; i != sizeof...(values); ++i)
                marks += i == 0 ? "?" : ", ?";
            db.execute("insert into t (" + std::string{columns} + ") values (" + marks + ")", values...);
        });
    };
    insert("id, c", secret, 1);
    insert("id, c", secret, 1);               // twice
    insert("id, n, c", "a", secret, 1);       // no number
    insert("id, s, c", "b", secret, 1);       // too long
    insert("id, d, c", "c", secret, 1);       // no time
    insert("id, b, c", "d", secret, 1);       // no truth
    insert("id, r, c", "e", secret, 1);       // no number
    insert("id, p, c", "f", secret, 1);       // refused
    insert("id, p, c", "g", secret + "x", 1); // nobody's child
    insert("id, p, c", secret + "y", nullptr, nullptr);
    insert("id, nothing", secret, secret);
    insert("id", secret, secret);
    this->listen([&] { (void)db.template query_one<int>("select id from t where id = ?", secret); });
    this->listen([&] { (void)db.template query_one<int>("select n from t where id = ?", secret); });
    this->listen([&] { (void)db.template query_one<std::string>("select id from t where id = ?", secret + "z"); });
    EXPECT_GE(this->errors, 9);
}

TYPED_TEST(secrets, in_bulk_inserts_stay_out_of_errors)
{
    auto& db = this->db();
    const std::string key = std::string{TypeParam::key};
    db.execute("create table t (id " + key + " primary key, n integer check (n < 5), s varchar(3))");
    const std::string secret{hunter};
    using row = std::tuple<std::string, std::string, std::string>;
    this->listen([&] { db.insert("t", {"id"}, std::vector{secret, secret}); });
    this->listen([&] { db.insert("t", std::vector<row>{{"a", secret, "b"}}); });
    this->listen([&] { db.insert("t", std::vector<row>{{"a", "1", secret}}); });
    this->listen([&] { db.insert("t", {"id", "n"}, std::vector<std::pair<std::string, int>>{{secret, 7}}); });
    this->listen([&] { db.insert("nowhere", std::vector<row>{{secret, secret, secret}}); });
    this->listen([&] { db.insert("t", {"nothing"}, std::vector{secret}); });
    EXPECT_GE(this->errors, 4);
}

TYPED_TEST(secrets, of_a_connection_that_fails_are_nowhere)
{
    for (const auto& settings : this->place->wrong_settings()) {
        std::vector<steward::configuration_problem> problems;
        steward::configuration_check check{"database", problems};
        TypeParam::backend::check(settings, check);
        for (const auto& problem : problems)
            this->said += problem.field + ": " + problem.message + "\n";
        const int before = this->errors;
        this->listen([&] { (void)typename TypeParam::backend{}.open(settings); });
        EXPECT_EQ(this->errors, before + 1) << "it should not connect";
        this->listen([&] {
            steward::manager<pool_on<TypeParam>> manager{pool_on<TypeParam>::with(settings)};
            this->listen([&] { (void)manager.template acquire<"database">(std::chrono::seconds{5}); });
            this->listen_to_all_that_is_shown(manager);
        });
    }
}

TYPED_TEST(secrets, of_a_connection_that_works_are_nowhere)
{
    auto manager = this->pool_of(1);
    {
        auto db = manager.template acquire<"database">();
        this->listen([&] { db->execute("select * from nowhere where a = ?", std::string{hunter}); });
        this->listen([&] { (void)manager.template acquire<"database">(std::chrono::seconds{0}); });
        this->listen_to_all_that_is_shown(manager);
    }
    this->listen_to_all_that_is_shown(manager);
    EXPECT_EQ(this->errors, 2);
}

} // namespace
