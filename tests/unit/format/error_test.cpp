// SPDX-License-Identifier: BSL-1.0
#include <steward/format.hpp>

#include <gtest/gtest.h>

#include <exception>
#include <stdexcept>
#include <string>

namespace {

using steward::errc;
using steward::operation;
using steward::resource_error;

std::exception_ptr pointer_to(auto error) { return std::make_exception_ptr(std::move(error)); }

// An exception around another one, as std::throw_with_nested makes it.
std::exception_ptr nested(const std::string& outer, const std::exception_ptr& inner)
{
    try {
        try {
            std::rethrow_exception(inner);
        } catch (...) {
            std::throw_with_nested(std::runtime_error{outer});
        }
    } catch (...) {
        return std::current_exception();
    }
}

TEST(format_error, prints_resource_operation_and_reason)
{
    EXPECT_EQ(fmt::format("{}", resource_error{"db", operation::acquire, errc::timed_out, "all 2 are lent"}),
              "db: acquire: timed out: all 2 are lent");
}

TEST(format_error, ends_with_the_cause)
{
    const auto cause = pointer_to(std::runtime_error{"connection refused"});
    EXPECT_EQ(fmt::format("{}", resource_error{"db", operation::acquire, errc::create_failed, {}, cause}),
              "db: acquire: create failed: connection refused");
}

TEST(format_error, prints_a_line_for_each_cause_that_is_nested_deeper)
{
    const auto cause = nested("no session", nested("no route", pointer_to(std::runtime_error{"refused"})));
    EXPECT_EQ(fmt::format("{}", resource_error{"db", operation::acquire, errc::create_failed, {}, cause}),
              "db: acquire: create failed: no session\n"
              "  because of: no route\n"
              "  because of: refused");
}

TEST(format_error, says_only_once_what_stands_in_the_text_of_another_resource_error)
{
    const auto deepest = nested("login failed", pointer_to(std::runtime_error{"wrong role"}));
    const auto inner = pointer_to(resource_error{"vault", operation::acquire, errc::create_failed, {}, deepest});
    EXPECT_EQ(fmt::format("{}", resource_error{"db", operation::acquire, errc::create_failed, {}, inner}),
              "db: acquire: create failed: vault: acquire: create failed: login failed\n"
              "  because of: wrong role");
}

TEST(format_error, prints_a_cause_that_is_no_exception_type)
{
    const auto cause = std::make_exception_ptr(42);
    EXPECT_EQ(fmt::format("{}", resource_error{"db", operation::acquire, errc::create_failed, {}, cause}),
              "db: acquire: create failed: an exception that is no std::exception");
}

TEST(format_error, prints_every_wrong_value_of_a_configuration)
{
    const steward::configuration_error error{
        {{"db", "max_size", "expected at least 1, got 0"}, {"files", "base_path", "expected an existing directory"}}};
    EXPECT_EQ(fmt::format("{}", error), "db: max_size: expected at least 1, got 0\n"
                                        "files: base_path: expected an existing directory");
}

} // namespace
