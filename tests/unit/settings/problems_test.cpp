// SPDX-License-Identifier: BSL-1.0
#include "unit/settings/scene.hpp"

using namespace steward::test;

namespace {

struct problem {
    const char* name;
    const char* yaml;
    const char* text;
};

class settings_problems : public testing::TestWithParam<problem> {};

TEST_P(settings_problems, are_told_with_their_place) { EXPECT_EQ(problems_of(GetParam().yaml), GetParam().text); }

INSTANTIATE_TEST_SUITE_P(
    of, settings_problems,
    testing::Values(
        problem{"an_unknown_resource", "servce: {}\n",
                "s.yaml:1:1: unknown resource 'servce' (did you mean 'service'?)"},
        problem{"an_unknown_resource_that_is_like_none", "xyz: {}\n", "s.yaml:1:1: unknown resource 'xyz'"},
        problem{"an_unknown_key", "service:\n  file: f\n  prot: 5\n",
                "s.yaml:3:3: unknown key 'prot' (did you mean 'port'?)"},
        problem{"an_unknown_key_of_a_nested_struct", "service:\n  file: f\n  proxy: {hots: x}\n",
                "s.yaml:3:11: proxy: unknown key 'hots' (did you mean 'host'?)"},
        problem{"an_unknown_option", "service:\n  file: f\n  pool: {maxsize: 3}\n",
                "s.yaml:3:10: pool: unknown key 'maxsize' (did you mean 'max_size'?)"},
        problem{"no_boolean", "service: {file: f, verbose: maybe}\n",
                "s.yaml:1:29: verbose: expected true or false, got 'maybe'"},
        problem{"a_quoted_boolean", "service: {file: f, verbose: 'true'}\n",
                "s.yaml:1:29: verbose: expected true or false, got 'true'"},
        problem{"no_number", "service: {file: f, port: http}\n",
                "s.yaml:1:26: port: expected a whole number, got 'http'"},
        problem{"a_number_with_something_behind_it", "service: {file: f, port: 80x}\n",
                "s.yaml:1:26: port: expected a whole number, got '80x'"},
        problem{"a_negative_number", "service: {file: f, retries: -1}\n",
                "s.yaml:1:29: retries: expected a whole number of zero or more, got '-1'"},
        problem{"a_number_that_is_too_big", "service: {file: f, level: 256}\n",
                "s.yaml:1:27: level: expected a whole number from 0 to 255, got '256'"},
        problem{"no_real_number", "service: {file: f, ratio: nan}\n",
                "s.yaml:1:27: ratio: expected a number, got 'nan'"},
        problem{"no_time", "service: {file: f, timeout: soon}\n",
                "s.yaml:1:29: timeout: expected a time such as 500ms, 5s, 2min or 1h, got 'soon'"},
        problem{"a_time_in_an_unknown_unit", "service: {file: f, timeout: 5 weeks}\n",
                "s.yaml:1:29: timeout: expected a time such as 500ms, 5s, 2min or 1h, got '5 weeks'"},
        problem{"none_of_the_words", "service: {file: f, kind: blue}\n",
                "s.yaml:1:26: kind: expected one of red, green, got 'blue'"},
        problem{"no_list", "service: {file: f, tags: a}\n", "s.yaml:1:26: tags: expected a list, got 'a'"},
        problem{"a_list", "service: {file: f, host: [a]}\n", "s.yaml:1:26: host: expected text, got a list"},
        problem{"a_map", "service: {file: f, port: {a: 1}}\n",
                "s.yaml:1:26: port: expected a whole number, got names and values"},
        problem{"nothing", "service:\n  file: f\n  port:\n", "s.yaml:3:3: port: expected a whole number, got nothing"},
        problem{"no_map_for_a_resource", "service: 5\n", "s.yaml:1:10: expected names and values, got '5'"},
        problem{"no_map_at_all", "- a\n", "s.yaml:1:1: expected names and values, got a list"},
        problem{"a_missing_field", "service: {port: 5}\n", "s.yaml:1:10: file is missing: expected the name of a file"},
        problem{"a_key_twice", "service: {file: f, port: 1, port: 2}\n", "s.yaml:1:29: 'port' stands there twice"},
        problem{"an_alias", "service: &a {file: f}\nother: *a\n", "s.yaml:2:8: unexpected alias: write it out"},
        problem{"several_at_once", "service:\n  prot: 5\n  verbose: maybe\nx: 1\n",
                "s.yaml:2:3: file is missing: expected the name of a file\n"
                "s.yaml:2:3: unknown key 'prot' (did you mean 'port'?)\n"
                "s.yaml:3:12: verbose: expected true or false, got 'maybe'\n"
                "s.yaml:4:1: unknown resource 'x'"},
        problem{"secret_headers", "service: {file: f, headers: hunter2}\n",
                "s.yaml:1:29: headers: expected names and values, got something else"},
        problem{"a_secret", "service: {file: f, password: [hunter2]}\n",
                "s.yaml:1:30: password: expected text, got a list"},
        problem{"two_documents", "service: {file: f}\n---\nother: {file: f}\n",
                "s.yaml:3:1: expected one document, got another one"},
        problem{"broken_yaml", "service: {file: f\n", "s.yaml:2:1: end of map flow not found"}),
    [](const auto& of) { return std::string{of.param.name}; });

TEST(settings_error, has_the_problems_one_by_one)
{
    try {
        static_cast<void>(settings_type::from_yaml("service:\n  file: f\n  port: x\nz: 1\n"));
        FAIL();
    } catch (const steward::settings_error& e) {
        ASSERT_EQ(e.problems().size(), 2U);
        EXPECT_EQ(e.problems()[0].line, 3U);
        EXPECT_EQ(e.problems()[0].column, 9U);
        EXPECT_EQ(e.problems()[0].message, "port: expected a whole number, got 'x'");
        EXPECT_EQ(e.problems()[1].line, 4U);
    }
}

TEST(settings_error, tells_where_json_is_broken)
{
    try {
        static_cast<void>(settings_type::from_json("{\"service\":\n  {\"file\": f}}", "s.json"));
        FAIL();
    } catch (const steward::settings_error& e) {
        EXPECT_TRUE(std::string_view{e.what()}.starts_with("s.json:2:13: not JSON: ")) << e.what();
    }
}

} // namespace
