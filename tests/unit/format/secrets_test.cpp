// SPDX-License-Identifier: BSL-1.0
#include <steward/format.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <exception>
#include <stdexcept>
#include <string>
#include <string_view>

namespace {

using steward::errc;
using steward::operation;
using steward::resource_error;
using testing::HasSubstr;
using testing::Not;

constexpr std::string_view secret = "s3cret";

std::exception_ptr caused_by(std::string_view text)
{
    return std::make_exception_ptr(std::runtime_error{std::string{text}});
}

std::exception_ptr nested_in_a_cause(std::string_view text)
{
    try {
        try {
            throw std::runtime_error{std::string{text}};
        } catch (...) {
            std::throw_with_nested(std::runtime_error{"no session"});
        }
    } catch (...) {
        return std::current_exception();
    }
}

class format_secrets : public testing::TestWithParam<std::string_view> {};

TEST_P(format_secrets, never_appear_in_a_cause)
{
    const resource_error error{"db", operation::acquire, errc::create_failed, {}, caused_by(GetParam())};
    EXPECT_THAT(fmt::format("{}", error), Not(HasSubstr(secret)));
}

TEST_P(format_secrets, never_appear_in_a_nested_cause)
{
    const resource_error error{"db", operation::acquire, errc::create_failed, {}, nested_in_a_cause(GetParam())};
    EXPECT_THAT(fmt::format("{}", error), Not(HasSubstr(secret)));
}

TEST_P(format_secrets, never_appear_in_the_details_of_an_error)
{
    const resource_error error{"db", operation::acquire, errc::timed_out, GetParam()};
    EXPECT_THAT(fmt::format("{}", error), Not(HasSubstr(secret)));
}

TEST_P(format_secrets, never_appear_in_a_configuration_error)
{
    const steward::configuration_error error{{{"db", "connection", "expected a file, got " + std::string{GetParam()}}}};
    EXPECT_THAT(fmt::format("{}", error), Not(HasSubstr(secret)));
    EXPECT_THAT(error.problems().front().message, Not(HasSubstr(secret)));
}

TEST_P(format_secrets, never_appear_in_the_name_of_an_owner)
{
    steward::resource_status status{.name = "db"};
    status.owners.emplace_back(GetParam());
    EXPECT_THAT(fmt::format("{}", status), Not(HasSubstr(secret)));
    EXPECT_THAT(fmt::format("{}", steward::status_table{std::vector{status}}), Not(HasSubstr(secret)));
}

INSTANTIATE_TEST_SUITE_P(shapes, format_secrets,
                         testing::Values("cannot open postgresql://user:s3cret@host/db",
                                         "postgresql://user:s3cret@@host/db", "https://user:a/s3cret@host/path",
                                         "https://s3cret@host", "login failed: password=s3cret host=db",
                                         "PASSWORD = 's3cret with blanks'", R"({"api_key": "s3cret"})",
                                         "api-key: s3cret", "Authorization: Bearer s3cret", "pwd=s3cret;database=x",
                                         "?token=s3cret&page=2", "client_secret=s3cret", "refused: Bearer s3cret",
                                         "Authorization: Token s3cret", "proxy-authorization: Digest s3cret",
                                         "aws_secret_access_key=s3cret", "passphrase: s3cret", "db_pass=s3cret",
                                         "pass=s3cret", "PGPASSWORD=s3cret"));

TEST(format_secrets, keep_the_rest_of_the_text)
{
    const resource_error error{"db",
                               operation::acquire,
                               errc::create_failed,
                               {},
                               caused_by("cannot open postgresql://user:s3cret@host:5432/db: password=s3cret refused")};
    EXPECT_EQ(fmt::format("{}", error), "db: acquire: create failed: "
                                        "cannot open postgresql://***@host:5432/db: password=*** refused");
}

TEST(format_secrets, are_not_seen_in_words_that_only_look_alike)
{
    const resource_error error{"db", operation::acquire, errc::timed_out, "bypass=500 ms, secretary: Ada, tokens: 5"};
    EXPECT_EQ(fmt::format("{}", error), "db: acquire: timed out: bypass=500 ms, secretary: Ada, tokens: 5");
}

TEST(format_secrets, are_not_seen_where_there_is_a_port_and_a_path)
{
    const resource_error error{"api",
                               operation::acquire,
                               errc::create_failed,
                               {},
                               caused_by("no answer from http://host:8080/users/me@example.org")};
    EXPECT_EQ(fmt::format("{}", error), "api: acquire: create failed: "
                                        "no answer from http://host:8080/users/me@example.org");
}

} // namespace
