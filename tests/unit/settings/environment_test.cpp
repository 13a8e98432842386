// SPDX-License-Identifier: BSL-1.0
#include "unit/settings/scene.hpp"

using namespace steward::test;

namespace {

std::string host(std::string_view written)
{
    return read_service("service:\n  file: f\n  host: \"" + std::string{written} + "\"\n").host;
}
std::string problem_of_host(std::string_view written)
{
    return problems_of("service:\n  file: f\n  host: \"" + std::string{written} + "\"\n");
}

TEST(variables, are_replaced_by_the_environments_values)
{
    const variable set{"STEWARD_TEST_HOST", "example.com"};
    EXPECT_EQ(host("${STEWARD_TEST_HOST}"), "example.com");
    EXPECT_EQ(host("https://${STEWARD_TEST_HOST}/${STEWARD_TEST_HOST}"), "https://example.com/example.com");
    EXPECT_EQ(host("${STEWARD_TEST_HOST:default}"), "example.com");
    EXPECT_EQ(host("${STEWARD_TEST_HOST:?must be there}"), "example.com");
}

TEST(variables, that_are_not_set_have_a_default_or_are_a_problem)
{
    const variable unset{"STEWARD_TEST_HOST", nullptr};
    EXPECT_EQ(host("${STEWARD_TEST_HOST:a default}"), "a default");
    EXPECT_EQ(host("${STEWARD_TEST_HOST:-a default}"), "a default");
    EXPECT_EQ(host("${STEWARD_TEST_HOST:}"), "");
    EXPECT_EQ(problem_of_host("${STEWARD_TEST_HOST}"), "s.yaml:3:9: the environment has no variable STEWARD_TEST_HOST");
    EXPECT_EQ(problem_of_host("${STEWARD_TEST_HOST:?say where it is}"),
              "s.yaml:3:9: the environment has no variable STEWARD_TEST_HOST: say where it is");
}

TEST(variables, that_are_empty_are_set_unless_the_default_has_a_dash)
{
    const variable empty{"STEWARD_TEST_HOST", ""};
    EXPECT_EQ(host("${STEWARD_TEST_HOST}"), "");
    EXPECT_EQ(host("${STEWARD_TEST_HOST:default}"), "");
    EXPECT_EQ(host("${STEWARD_TEST_HOST:-default}"), "default");
}

TEST(variables, have_values_of_any_type)
{
    const variable set{"STEWARD_TEST_PORT", "8080"};
    EXPECT_EQ(read_service("service: {file: f, port: \"${STEWARD_TEST_PORT}\"}").port, 8080);
    EXPECT_TRUE(read_service("service:\n  file: f\n  verbose: ${STEWARD_TEST_NONE:-true}\n").verbose);
}

TEST(variables, are_named_by_letters_digits_and_underscores)
{
    EXPECT_EQ(problem_of_host("${A B}"), "s.yaml:3:9: expected ${NAME}, ${NAME:default}, ${NAME:-default} or "
                                         "${NAME:?error text}, got '${A B}'");
    EXPECT_FALSE(problem_of_host("${}").empty());
    EXPECT_FALSE(problem_of_host("${1A}").empty());
    EXPECT_FALSE(problem_of_host("${OPEN").empty());
}

TEST(variables, can_be_escaped) { EXPECT_EQ(host("$${NOT_ONE} and $5"), "${NOT_ONE} and $5"); }

TEST(variables, are_never_shown)
{
    const variable set{"STEWARD_TEST_SECRET", "hunter2"};
    const std::string text = problems_of("service:\n  file: f\n  port: ${STEWARD_TEST_SECRET}\n");
    EXPECT_EQ(text, "s.yaml:3:9: port: expected a whole number, got '${STEWARD_TEST_SECRET}'");
}

} // namespace
