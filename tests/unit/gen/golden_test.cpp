// SPDX-License-Identifier: BSL-1.0
#include "unit/gen/cases.hpp"

#include "diagram.hpp"
#include "header.hpp"
#include "reading.hpp"

#include <gtest/gtest.h>

using namespace steward::test;

namespace {

// What is made of a machine must be what lies beside it. After a change: in that folder
//   steward-gen order_processor.yaml -o order_processor.hpp
//   steward-gen order_flow.yaml --diagram -o order_flow.mmd (and .dot)
// and look at the difference.
steward::gen::machine_description machine_of(const std::string& file)
{
    return steward::gen::read_machine(read("machines/" + file), file);
}

TEST(golden_files, the_header_of_the_forms_example)
{
    EXPECT_EQ(lines_of(steward::gen::header_of(machine_of("order_processor.yaml"), "order_processor.hpp")),
              lines_of(read("machines/order_processor.hpp")));
}

TEST(golden_files, the_lines_of_a_header_are_told_to_the_compiler)
{
    const auto lines = lines_of(read("machines/order_processor.hpp"));
    for (std::size_t i = 0; i != lines.size(); ++i)
        if (lines[i].ends_with("\"order_processor.hpp\"")) {
            EXPECT_EQ(lines[i], "#line " + std::to_string(i + 2) + " \"order_processor.hpp\"");
        }
}

TEST(golden_files, the_diagram_of_a_machine_for_mermaid)
{
    EXPECT_EQ(lines_of(steward::gen::mermaid_of(machine_of("order_flow.yaml"))),
              lines_of(read("machines/order_flow.mmd")));
}

TEST(golden_files, the_diagram_of_a_machine_for_graphviz)
{
    EXPECT_EQ(lines_of(steward::gen::graphviz_of(machine_of("order_flow.yaml"))),
              lines_of(read("machines/order_flow.dot")));
}

} // namespace
