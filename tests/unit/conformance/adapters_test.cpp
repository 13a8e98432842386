// SPDX-License-Identifier: BSL-1.0
#include <steward/adapters/function.hpp>
#include <steward/adapters/value.hpp>
#include <steward/testing.hpp>

#include "support/sessions.hpp"

#include <gtest/gtest.h>

#include <string>

namespace {

using namespace steward;

TEST(an_adapter_that_conforms, is_the_value)
{
    const steward::testing::conformance found = steward::testing::check_adapter<adapters::value<std::string>>("text");
    EXPECT_TRUE(found) << found.text();
}

TEST(an_adapter_that_conforms, is_the_one_of_the_tests)
{
    test::session_log log;
    const steward::testing::conformance found =
        steward::testing::check_adapter<test::session_adapter>(test::session_adapter::settings{log});
    EXPECT_TRUE(found) << found.text();
}

TEST(an_adapter_that_conforms, can_be_made_faulty)
{
    steward::testing::faults plan;
    using adapter = steward::testing::faulty<adapters::value<std::string>>;
    const steward::testing::conformance found =
        steward::testing::check_adapter<adapter>({.plan = &plan, .inner = "text"});
    EXPECT_TRUE(found) << found.text();
    EXPECT_EQ(plan.live(), 0);
    EXPECT_LE(plan.most, 4);
}

TEST(an_adapter_that_does_not_conform, is_found_when_its_resets_fail)
{
    test::session_log log;
    log.reset_throws = true;
    const steward::testing::conformance found =
        steward::testing::check_adapter<test::session_adapter>(test::session_adapter::settings{log});
    ASSERT_FALSE(found);
    EXPECT_NE(found.text().find("reset does not fail"), std::string::npos) << found.text();
}

TEST(an_adapter_that_does_not_conform, is_found_when_it_finds_good_resources_invalid)
{
    test::session_log log;
    log.all_invalid = true;
    const steward::testing::conformance found =
        steward::testing::check_adapter<test::session_adapter>(test::session_adapter::settings{log});
    ASSERT_FALSE(found);
    EXPECT_NE(found.text().find("validate finds"), std::string::npos) << found.text();
}

TEST(an_adapter_that_does_not_conform, is_found_when_its_destroy_throws)
{
    test::session_log log;
    log.destroy_throws = true;
    const steward::testing::conformance found =
        steward::testing::check_adapter<test::session_adapter>(test::session_adapter::settings{log});
    ASSERT_FALSE(found);
    EXPECT_NE(found.text().find("destroy does not throw"), std::string::npos) << found.text();
}

TEST(an_adapter_that_does_not_conform, is_found_when_it_cannot_create)
{
    test::session_log log;
    log.create_throws = true;
    const steward::testing::conformance found =
        steward::testing::check_adapter<test::session_adapter>(test::session_adapter::settings{log});
    ASSERT_FALSE(found);
    EXPECT_NE(found.text().find("connection refused"), std::string::npos) << found.text();
}

} // namespace
