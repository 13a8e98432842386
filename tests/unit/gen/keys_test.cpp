// SPDX-License-Identifier: BSL-1.0
#include "unit/gen/cases.hpp"

#include "header.hpp"
#include "reading.hpp"

#include <steward/settings.hpp>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

using namespace steward::test;

namespace {

// The rows of the table of all keys in the documentation: the first column as one text, and whether it is refused.
struct row {
    std::string key;
    bool is_refused;
};
std::vector<row> rows_of_the_table()
{
    std::vector<row> rows;
    for (const std::string& line : lines_of(read("../../../docs/steward-gen.md"))) {
        const std::size_t end = line.find(" | ");
        if (!line.starts_with("| `") || end == std::string::npos)
            continue;
        std::string key = line.substr(2, end - 2);
        std::erase(key, '`');
        rows.push_back({key, line.substr(end + 3).starts_with("refused")});
    }
    return rows;
}

std::string made_of(const gen_case& c)
{
    return steward::gen::header_of(steward::gen::read_machine(c.yaml, "machine.yaml"), "machine.hpp");
}

class machine_keys : public ::testing::TestWithParam<gen_case> {};

TEST_P(machine_keys, are_implemented_or_refused_as_the_table_says)
{
    const gen_case& c = GetParam();
    const auto rows = rows_of_the_table();
    const auto its_row = std::ranges::find(rows, c.name, &row::key);
    ASSERT_NE(its_row, rows.end()) << "the table does not have it";
    ASSERT_FALSE(c.expected.empty());
    std::string text;
    try {
        text = made_of(c);
        EXPECT_FALSE(its_row->is_refused);
    } catch (const steward::settings_error& e) {
        text = e.what();
        EXPECT_TRUE(its_row->is_refused) << text;
    }
    for (const std::string& part : c.expected)
        EXPECT_THAT(text, ::testing::HasSubstr(part));
}

INSTANTIATE_TEST_SUITE_P(in_keys_txt, machine_keys, ::testing::ValuesIn(read_cases("keys.txt")), [](const auto& each) {
    std::string name;
    for (const char c : each.param.name)
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
            name.push_back(c);
        else if (!name.ends_with('_'))
            name.push_back('_');
    return name;
});

TEST(the_table_of_keys, has_a_case_for_each_of_its_rows)
{
    const auto cases = read_cases("keys.txt");
    const auto rows = rows_of_the_table();
    EXPECT_GT(rows.size(), 60U);
    for (const row& r : rows)
        EXPECT_EQ(std::ranges::count(cases, r.key, &gen_case::name), 1) << r.key;
}

} // namespace
