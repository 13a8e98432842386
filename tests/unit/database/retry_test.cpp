// SPDX-License-Identifier: BSL-1.0
#include "sqlite_fixture.hpp"

#include <stdexcept>

using namespace steward::test;
using steward::adapters::retry;

namespace {

TEST(retry, returns_what_the_first_attempt_without_an_error_returns)
{
    int attempts = 0;
    EXPECT_EQ(retry(3,
                    [&] {
                        if (++attempts < 3)
                            throw database_error{database_errc::deadlock, "one of two had to go"};
                        return attempts * 10;
                    }),
              30);
}

TEST(retry, gives_up_after_as_many_attempts_as_allowed)
{
    int attempts = 0;
    const auto fail = [&] {
        ++attempts;
        throw database_error{database_errc::serialization_failure, "again"};
    };
    EXPECT_EQ(error_of([&] { retry(2, fail); }).code(), database_errc::serialization_failure);
    EXPECT_EQ(attempts, 2);
}

TEST(retry, tries_once_at_least)
{
    int attempts = 0;
    retry(0, [&] { ++attempts; });
    EXPECT_EQ(attempts, 1);
}

TEST(retry, lets_everything_through_that_would_not_change)
{
    int attempts = 0;
    EXPECT_EQ(error_of([&] {
                  retry(5, [&] {
                      ++attempts;
                      throw database_error{database_errc::connection_lost, "who knows"};
                  });
              }).code(),
              database_errc::connection_lost);
    EXPECT_THROW(retry(5,
                       [&] {
                           ++attempts;
                           throw std::logic_error{"no database_error"};
                       }),
                 std::logic_error);
    EXPECT_EQ(attempts, 2);
}

TEST(retry, retriable_are_the_errors_after_which_nothing_has_happened)
{
    for (int code = 0; code <= static_cast<int>(database_errc::other); ++code) {
        const auto errc = static_cast<database_errc>(code);
        const bool expected = errc == database_errc::busy || errc == database_errc::deadlock
                              || errc == database_errc::serialization_failure
                              || errc == database_errc::connection_lost_undone;
        EXPECT_EQ(database_error(errc, "").retriable(), expected) << to_string(errc);
    }
}

TEST_F(on_file, retry_waits_for_a_lock_that_another_session_holds)
{
    sqlite_database impatient{{.connection = file, .busy_timeout = std::chrono::milliseconds{0}}};
    auto holder = impatient.create(), other = impatient.create();
    holder.execute("create table t (a)");
    holder.execute("begin immediate");
    int attempts = 0;
    retry(3, [&] {
        if (++attempts == 2)
            holder.execute("rollback");
        auto transaction = other.transaction();
        other.execute("insert into t values (1)");
        transaction.commit();
    });
    EXPECT_EQ(attempts, 2);
    EXPECT_EQ(other.query_one<int>("select count(*) from t"), 1);
}

} // namespace
