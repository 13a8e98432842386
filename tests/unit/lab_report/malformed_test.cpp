// SPDX-License-Identifier: BSL-1.0
#include "unit/lab_report/some_results.hpp"

#include <gtest/gtest.h>

#include <string>

using steward::test::some_results;
using steward::test::some_results_with;

namespace {

std::string error_of(const std::string& text)
{
    try {
        lab::read_results(text, "results.json");
    } catch (const lab::malformed& e) {
        return e.what();
    }
    return "none";
}

struct mistake {
    std::string part, replacement, error;
};

class malformed_results : public testing::TestWithParam<mistake> {};

TEST_P(malformed_results, are_named_by_file_and_place_with_what_was_expected)
{
    const auto& [part, replacement, error] = GetParam();
    EXPECT_EQ(error_of(some_results_with(part, replacement)), "results.json: " + error);
}

INSTANTIATE_TEST_SUITE_P(
    each, malformed_results,
    testing::Values(
        mistake{"\"lab\": 1", "\"lab\": 2", "/lab: expected 1, the form that this program knows, not 2"},
        mistake{"\"lab\": 1,", "", "the whole: expected a member \"lab\", which is not there"},
        mistake{"\"quick\": false", "\"quick\": 0", "/quick: expected true or false, not 0"},
        mistake{"\"cores\": 2", "\"cores\": 1.5", "/machine/cores: expected a whole number from 1 to 1000000, not 1.5"},
        mistake{"\"system\": \"s\"", "\"system\": \"\"",
                "/machine/system: expected a text that is not empty, not \"\""},
        mistake{"\"kind\": \"steward\"", "\"kind\": \"poet\"",
                "/subjects/0/kind: expected \"steward\" or \"peer\", not \"poet\""},
        mistake{"\"axes\": {\"locking\": \"mutex\", \"metrics\": \"none\"}", "\"axes\": [1]",
                "/subjects/0/axes: expected an object, not an array"},
        mistake{"\"locking\": \"mutex\"", "\"locking\": null",
                "/subjects/0/axes/locking: expected a text that is not empty, not null"},
        mistake{"\"bytes_per_slot\": 64", "\"bytes_per_slot\": -1",
                "/subjects/0/bytes_per_slot: expected a number, 0 or greater, not -1"},
        mistake{"\"id\": \"mutex,counters\"", "\"id\": \"mutex,none\"",
                "/subjects/1/id: expected an id that no subject before has, not \"mutex,none\""},
        mistake{"\"subject\": \"mutex,none\"", "\"subject\": \"puddle\"",
                "/results/0/subject: expected the id of a subject that is not missing, not \"puddle\""},
        mistake{
            "\"subject\": \"mutex,counters\"", "\"subject\": \"mutex,none\"",
            "/results/1/subject: expected a subject that has no result of this workload, threads and slots yet, not "
            "\"mutex,none\""},
        mistake{"\"threads\": 1", "\"threads\": 0",
                "/results/0/threads: expected a whole number from 1 to 1000000, not 0"},
        mistake{"[1e8,", "[0,", "/results/0/samples/leases_per_s/0: expected a number greater than 0, not 0"},
        mistake{"[1, 2, 3, 4, 5]", "[1, 2, \"3\"]",
                "/results/4/samples/p99_ns/2: expected a number, 0 or greater, not \"3\""},
        mistake{"[1, 2, 3, 4, 5]", "[]",
                "/results/4/samples/p99_ns: expected a number of each repetition, not an empty array"},
        mistake{"\"quick\": false,", "\"quick\": false, \"notes\": [{}],",
                "/notes/0: expected a member \"text\", which is not there"},
        mistake{"\"quick\": false,", "\"quick\": false, \"templates\": 1,", "/templates: expected an array, not 1"},
        mistake{
            "\"quick\": false,",
            "\"quick\": false, \"compile\": [{\"header\": \"h\", \"compiler\": \"c\", \"axis\": \"a\", \"n\": -1}],",
            "/compile/0/n: expected a whole number from 0 to 1000000, not -1"},
        mistake{"[1, 2, 3, 4, 5]", "[1, 2]",
                "/results/4/samples/p99_ns: expected 5 numbers, as many as the measures before it have, not an array"},
        mistake{"\"leases_per_s\": [2e7", "\"rate\": [2e7",
                "/results/4/samples: expected a member \"leases_per_s\", which is not there"}));

TEST(malformed_json, is_named_by_line_and_column)
{
    const std::string error = error_of(some_results_with("\"quick\": false", "\"quick\": falsy"));
    EXPECT_TRUE(error.starts_with("results.json:4:15: expected JSON")) << error;
}

TEST(malformed_json, that_ends_early_says_where)
{
    const std::string half{some_results.substr(0, some_results.size() / 2)};
    EXPECT_NE(error_of(half).find(": expected JSON: "), std::string::npos) << error_of(half);
    EXPECT_TRUE(error_of("").starts_with("results.json:1:1: expected JSON")) << error_of("");
    EXPECT_EQ(error_of("[]"), "results.json: the whole: expected an object, not an empty array");
}

TEST(malformed_json, with_a_number_that_no_double_holds_says_so)
{
    EXPECT_TRUE(error_of(some_results_with("1e8", "1e999")).starts_with("results.json: the whole: expected numbers"));
}

} // namespace
