// SPDX-License-Identifier: BSL-1.0
#include "unit/gen/cases.hpp"

#include "reading.hpp"

#include <steward/settings.hpp>

#include <gtest/gtest.h>

#include <string>

using namespace steward::test;

namespace {

class malformed : public ::testing::TestWithParam<gen_case> {};

TEST_P(malformed, machines_are_told_all_that_is_wrong_with_them)
{
    try {
        static_cast<void>(steward::gen::read_machine(GetParam().yaml, "machine.yaml"));
        FAIL() << "it was taken";
    } catch (const steward::settings_error& e) {
        EXPECT_EQ(lines_of(e.what()), GetParam().expected);
    }
}

INSTANTIATE_TEST_SUITE_P(in_malformed_txt, malformed, ::testing::ValuesIn(read_cases("malformed.txt")),
                         [](const auto& each) { return each.param.name; });

TEST(malformed_machines, are_told_with_the_name_of_their_file)
{
    try {
        static_cast<void>(steward::gen::read_machine("nam: x", "some/where.yaml"));
        FAIL();
    } catch (const steward::settings_error& e) {
        EXPECT_EQ(lines_of(e.what()).front().substr(0, 20), "some/where.yaml:1:1:");
    }
}

} // namespace
